#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/config/fields.hpp"
#include "runtime/config/json.hpp"

/// The part of parse() that does not depend on the config struct's type.
namespace lacuna::config::detail {

using Names = std::span<const std::string_view>;

/// Keys and indices from the root to a value, linked on the stack.
class Path {
 public:
  Path() = default;
  Path(const Path& parent, std::string_view key) : parent_(&parent), key_(key) {}
  Path(const Path& parent, std::size_t index) : parent_(&parent), index_(index) {}
  std::string text() const;  ///< "variants[0].name"

 private:
  const Path* parent_ = nullptr;
  std::string_view key_;
  std::optional<std::size_t> index_;
};

/// Throws ConfigError "place: path: message".
[[noreturn]] void fail(const Place& place, const Path& path, std::string_view message);
/// Throws "must be <expected>, got <json>" unless `condition`.
void require(bool condition, const Json& json, const Path& path, std::string_view expected);
/// Throws for a value that no alternative of a union accepts, with a suggestion from `words`.
[[noreturn]] void fail_union(const Json& json, const Path& path,
                             std::span<const std::string> expected, Names words);

/// Throws unless `json` is an object of known keys; with a tag, "type" may be given and must match.
void check_keys(const Json& json, const Path& path, Names keys, std::string_view tag);
/// Throws what is answered to the first of these keys that is given.
void check_refused(const Json& json, const Path& path, std::span<const RefusedKey> keys);

std::int64_t read_integer(const Json& json, const Path& path, std::int64_t min, std::int64_t max,
                          const Rule& rule);
std::uint64_t read_unsigned(const Json& json, const Path& path, std::uint64_t max,
                            const Rule& rule);
double read_number(const Json& json, const Path& path, double max, const Rule& rule);
/// Index of the word among `words`.
std::size_t read_word(const Json& json, const Path& path, Names words);
/// Index of the object's "type" among `tags`; without the key `untyped`, and an error where there
/// is none.
std::size_t read_tag(const Json& json, const Path& path, Names tags,
                     std::optional<std::size_t> untyped);

/// Throws for a key that the alternative `chosen`, the default, does not have and another does.
void check_default_keys(const Json& json, const Path& path, Names tags,
                        const std::vector<std::vector<std::string_view>>& keys, std::size_t chosen);

std::optional<std::size_t> index_of(std::string_view name, Names names);
std::string one_of(Names words);         ///< "one of 'a', 'b'"
std::string array_of(std::size_t size);  ///< "an array of 2"

}  // namespace lacuna::config::detail
