#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// A JSON document as a tree whose values know where they were written.
namespace lacuna::config {

/// Where a value comes from. `line` and `column` count from 1; line 0 means that the source is not
/// a text (an override, a value built in code).
struct Place {
  std::shared_ptr<const std::string> source;
  int line = 0;
  int column = 0;
};

/// "file.json:3:7", "command line: x=1", or "" for a value built in code.
std::string to_string(const Place& place);

class Json {
 public:
  struct Member;
  using Array = std::vector<Json>;
  using Object = std::vector<Member>;

  Json();  ///< null
  Json(std::nullptr_t);
  template <std::integral I>
  Json(I value);
  Json(double value);
  Json(float value);  ///< the double with the same shortest text: 0.1f becomes 0.1
  Json(const char* text);
  Json(std::string_view text);
  Json(std::string text);

  static Json array();
  static Json array(std::initializer_list<Json> elements);
  static Json object();
  static Json object(std::initializer_list<Member> members);

  bool is_null() const { return std::holds_alternative<Null>(value_); }
  bool is_bool() const { return std::holds_alternative<bool>(value_); }
  bool is_double() const { return std::holds_alternative<double>(value_); }
  bool is_number() const;  ///< an integer or a double
  bool is_string() const { return std::holds_alternative<std::string>(value_); }
  bool is_array() const { return std::holds_alternative<Array>(value_); }
  bool is_object() const { return std::holds_alternative<Object>(value_); }

  /// The value of an integer-valued number (5, 5.0, 1e6) that fits, else nothing.
  std::optional<std::int64_t> to_int64() const;
  std::optional<std::uint64_t> to_uint64() const;

  /// The value; throws ConfigError with the place when it is of another type.
  bool as_bool() const;
  std::int64_t as_int64() const;
  std::uint64_t as_uint64() const;
  double as_double() const;  ///< of any number
  const std::string& as_string() const;
  const Array& as_array() const;
  const Object& as_object() const;

  /// An object's member, or null; linear in the number of members. Throws when not an object.
  const Json* find(std::string_view key) const;
  Json* find(std::string_view key);
  /// An object's member; throws ConfigError that names the key when it is missing.
  const Json& at(std::string_view key) const;

  /// Sets an object's member, in its old position or at the end; throws when not an object.
  /// The overload without a place keeps the place of the value.
  Json& set(std::string_view key, Json value);
  Json& set(std::string_view key, Json value, Place key_place);
  /// Appends to an array; throws when not an array.
  Json& push_back(Json element);

  const Place& place() const { return place_; }
  void set_place(Place place) { place_ = std::move(place); }
  /// Gives the value, and all that is in it, this place.
  void relocate(const Place& place);

  /// What was typed on a command line where it was read as a number, true, false or null; a text
  /// that is expected there is this one. Else nullptr.
  const std::string* typed() const { return typed_.get(); }
  void set_typed(std::string text) {
    typed_ = std::make_shared<const std::string>(std::move(text));
  }

  /// Whether nobody wrote this object: it is there since a path led through it.
  bool implied() const { return implied_; }
  static Json implied_object();

  /// Equal values with members in the same order; places do not count.
  friend bool operator==(const Json& a, const Json& b);

 private:
  friend class TreeBuilder;
  [[noreturn]] void fail(std::string_view expected) const;

  /// With a trivial type here libstdc++ 12 takes the variant for one that always holds a value, and
  /// when copying runs out of memory destroys the value that was not made.
  struct Null {
    Null() noexcept {}
    Null(const Null&) noexcept {}
    Null& operator=(const Null&) noexcept { return *this; }
    ~Null() {}
    friend bool operator==(const Null&, const Null&) { return true; }
  };
  std::variant<Null, bool, std::int64_t, std::uint64_t, double, std::string, Array, Object> value_;
  Place place_;
  std::shared_ptr<const std::string> typed_;
  bool implied_ = false;
};

struct Json::Member {
  std::string key;
  Json value;
  Place key_place = {};
  friend bool operator==(const Member& a, const Member& b) {
    return a.key == b.key && a.value == b.value;
  }
};

template <std::integral I>
Json::Json(I value) {
  if constexpr (std::same_as<I, bool>) {
    value_ = value;
  } else if (std::in_range<std::int64_t>(value)) {
    value_ = static_cast<std::int64_t>(value);
  } else {
    value_ = static_cast<std::uint64_t>(value);
  }
}

/// JSON text: with indent > 0 on several lines, with 0 on one. Doubles are written with the fewest
/// digits that read back equal, NaN and infinities as null, invalid UTF-8 as U+FFFD.
std::string dump(const Json& json, int indent = 2);

/// Text for messages: quoted, control characters escaped, cut when long.
std::string in_quotes(std::string_view text);
/// "the string \"x\"", "the integer 5", "an array", ... for messages.
std::string described(const Json& json);

}  // namespace lacuna::config
