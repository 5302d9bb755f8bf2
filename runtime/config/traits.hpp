#pragma once

#include <array>
#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "runtime/config/fields.hpp"
#include "runtime/config/json.hpp"

/// The kinds of type a config member may have; parse, to_json and schema branch on them.
namespace lacuna::config {

namespace detail {
struct AnyField {
  void operator()(auto, std::string_view, std::string_view) {}
  void operator()(auto, std::string_view, Rule, std::string_view) {}
};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
inline constexpr bool is_list = false;
template <class T>
requires std::derived_from<T, std::vector<typename T::value_type>>
inline constexpr bool is_list<T> = true;
template <class T, std::size_t N>
inline constexpr bool is_list<std::array<T, N>> = true;

template <class T>
inline constexpr bool is_array = false;
template <class T, std::size_t N>
inline constexpr bool is_array<std::array<T, N>> = true;

template <class T>
inline constexpr bool is_map = false;
template <class T>
inline constexpr bool is_map<std::map<std::string, T>> = true;

template <class T>
inline constexpr bool is_variant = false;
template <class... T>
inline constexpr bool is_variant<std::variant<T...>> = true;
}  // namespace detail

/// A struct with fields().
template <class T>
concept Described = requires(detail::AnyField& v) {
  T::fields(v);
};

/// A described struct that a "type" key chooses.
template <class T>
concept Tagged = Described<T> && requires {
  std::string_view(T::tag);
};

/// The alternative that is meant where "type" is absent, and that is written without one.
template <class T>
concept TypeMayBeAbsent = Tagged<T> && requires {
  requires T::type_may_be_absent;
};

template <class T>
concept Integer = std::integral<T> && !std::same_as<T, bool>;
template <class T>
concept Word = std::is_enum_v<T>;
template <class T>
concept Optional = detail::is_optional<T>;
template <class T>
concept List = detail::is_list<T>;
template <class T>
concept FixedList = detail::is_array<T>;
template <class T>
concept Map = detail::is_map<T>;
template <class T>
concept Variant = detail::is_variant<T>;

namespace detail {
template <class T>
inline constexpr bool all_tagged = false;
template <class... T>
inline constexpr bool all_tagged<std::variant<T...>> = (Tagged<T> && ...);
}  // namespace detail

template <class T>
concept TaggedVariant = Variant<T> && detail::all_tagged<T>;

/// The names of an enum's values, in the order of EnumNames.
template <Word E>
std::vector<std::string_view> words() {
  std::vector<std::string_view> names;
  for (const auto& [name, value] : EnumNames<E>::values) names.push_back(name);
  return names;
}

/// Index of the alternative that is meant where "type" is absent: the one that says so, or the only
/// one.
template <TaggedVariant T>
constexpr std::optional<std::size_t> untyped() {
  return []<class... A>(std::type_identity<std::variant<A...>>) -> std::optional<std::size_t> {
    std::size_t index = 0;
    if (((TypeMayBeAbsent<A> || (++index, false)) || ...)) return index;
    if (sizeof...(A) == 1) return 0;
    return std::nullopt;
  }(std::type_identity<T>{});
}

/// "tag" of each alternative.
template <TaggedVariant T>
std::vector<std::string_view> tags() {
  return []<class... A>(std::type_identity<std::variant<A...>>) {
    return std::vector<std::string_view>{A::tag...};
  }(std::type_identity<T>{});
}

}  // namespace lacuna::config
