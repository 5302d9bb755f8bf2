#pragma once

#include <limits>
#include <optional>
#include <string_view>

/// How a config struct describes itself, once. A struct lists its members to any visitor:
///
///     struct Adam {
///       static constexpr std::string_view tag = "adam";   // "type" in a tagged std::variant
///       static constexpr bool type_may_be_absent = true;  // optional: meant where "type" is not
///       given double learning_rate = 1e-3; template <class V> static void fields(V& v) {
///         v(&Adam::learning_rate, "learning_rate", config::range(0, 1), "step size");
///       }
///       // optional: answers to keys that others have and this cannot
///       static constexpr std::array refused_keys{RefusedKey{"momentum", "Adam has its own"}};
///       void check() const;   // optional: throws std::invalid_argument for rules across fields
///     };
///
/// Visitors (parse, to_json, schema) are called as v(member, name, [rule,] help). The member's
/// initial value is the key's default. A member may be a bool, int, std::int64_t, std::uint64_t,
/// float, double, std::string, an enum with EnumNames, another such struct, Json (kept as it is);
/// std::optional (absent or null), std::vector, std::array, std::map<std::string, T> of these; and
/// std::variant, either of structs with tags or of types that JSON tells apart.
namespace lacuna::config {

/// A number with min <= value <= max, or min < value where `open_min`. On a member that holds
/// several numbers or may hold one (vector, optional, variant) it applies to each.
struct Range {
  double min;
  double max;
  bool open_min = false;
};
constexpr Range range(double min, double max) {
  return {min, max};
}
constexpr Range at_least(double min) {
  return {min, std::numeric_limits<double>::infinity()};
}
constexpr Range above(double min) {
  return {min, std::numeric_limits<double>::infinity(), true};
}

struct RefusedKey {
  std::string_view key;
  std::string_view why;
};

/// The key must be given.
struct Required {};
constexpr Required required{};

/// What a field may be given as a rule; without one, any value of the member's type will do.
struct Rule {
  constexpr Rule() = default;
  constexpr Rule(Range r) : range(r) {}
  constexpr Rule(Required) : required(true) {}

  std::optional<Range> range;
  bool required = false;
};

/// Names of an enum's values: specialise with
/// `static constexpr std::array<std::pair<std::string_view, E>, N> values`.
template <class E>
struct EnumNames;

namespace detail {
template <class F>
struct FieldVisitor {
  F& f;
  template <class M>
  void operator()(M member, std::string_view name, std::string_view help) {
    f(member, name, Rule(), help);
  }
  template <class M>
  void operator()(M member, std::string_view name, Rule rule, std::string_view help) {
    f(member, name, rule, help);
  }
};
}  // namespace detail

/// Calls f(member, name, rule, help) for each field of S.
template <class S, class F>
void for_each_field(F f) {
  detail::FieldVisitor<F> visitor{f};
  S::fields(visitor);
}

}  // namespace lacuna::config
