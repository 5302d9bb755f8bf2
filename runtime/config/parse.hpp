#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/config/json.hpp"
#include "runtime/config/read_value.hpp"
#include "runtime/config/traits.hpp"

/// JSON to config structs, strictly: unknown keys, missing required keys, wrong types, values out
/// of range and unknown words are errors.
namespace lacuna::config {

/// Reads a described struct. Throws ConfigError "place: json.path: what is wrong and what would be
/// right" for the first fault.
template <Described S>
S parse(const Json& json);

namespace detail {

template <class T>
void read(T& out, const Json& json, const Path& path, const Rule& rule);

template <Described S>
void check(const S& value, const Json& json, const Path& path) {
  if constexpr (requires { value.check(); }) {
    try {
      value.check();
    } catch (const std::invalid_argument& error) {
      fail(json.place(), path, error.what());
    }
  }
}

/// A member whose key is absent keeps its value, but a struct in it may have required keys.
template <class T>
void read_absent(T& out, const Json& parent, const Path& path, const Rule& rule);

template <Described S>
std::vector<std::string_view> keys_of() {
  std::vector<std::string_view> keys;
  for_each_field<S>(
      [&](auto, std::string_view name, const Rule&, std::string_view) { keys.push_back(name); });
  return keys;
}

template <Described S>
void read_struct(S& out, const Json& json, const Path& path) {
  if constexpr (requires { S::refused_keys; }) check_refused(json, path, S::refused_keys);
  const std::vector<std::string_view> keys = keys_of<S>();
  if constexpr (Tagged<S>) {
    check_keys(json, path, keys, S::tag);
  } else {
    check_keys(json, path, keys, "");
  }
  for_each_field<S>([&](auto member, std::string_view name, const Rule& rule, std::string_view) {
    if (const Json* value = json.find(name)) {
      read(out.*member, *value, Path(path, name), rule);
    } else {
      read_absent(out.*member, json, Path(path, name), rule);
    }
  });
  check(out, json, path);
}

template <class T>
void read_absent(T& out, const Json& parent, const Path& path, const Rule& rule) {
  if (rule.required) fail(parent.place(), path, "this key is required");
  Json nothing = Json::object();
  nothing.set_place(parent.place());
  if constexpr (Described<T>) {
    read_struct(out, nothing, path);
  } else if constexpr (TaggedVariant<T>) {
    std::visit([&](auto& chosen) { read_struct(chosen, nothing, path); }, out);
  }
}

/// The keys of each alternative.
template <TaggedVariant V>
std::vector<std::vector<std::string_view>> alternative_keys() {
  return []<class... A>(std::type_identity<std::variant<A...>>) {
    return std::vector<std::vector<std::string_view>>{keys_of<A>()...};
  }(std::type_identity<V>{});
}

template <TaggedVariant V>
void read_tagged(V& out, const Json& json, const Path& path, const Rule& rule) {
  const bool changes_default = json.implied() && json.find("type") == nullptr && !rule.required;
  if (changes_default) {
    check_default_keys(json, path, tags<V>(), alternative_keys<V>(), out.index());
  }
  const std::size_t chosen =
      changes_default ? out.index() : read_tag(json, path, tags<V>(), untyped<V>());
  const auto read_alternative = [&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
    if (I != chosen) return;
    if (out.index() != I) out.template emplace<I>();
    read_struct(std::get<I>(out), json, path);
  };
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (read_alternative(std::integral_constant<std::size_t, I>{}), ...);
  }
  (std::make_index_sequence<std::variant_size_v<V>>{});
}

/// Whether JSON of this type is meant for a T; decides between the alternatives of a union.
template <class T>
bool accepts(const Json& json) {
  if constexpr (std::same_as<T, bool>) return json.is_bool();
  if constexpr (Integer<T>) return json.to_int64() || json.to_uint64();
  if constexpr (std::floating_point<T>) return json.is_number();
  if constexpr (std::same_as<T, std::string>) return json.is_string();
  if constexpr (Word<T>) return json.is_string() && index_of(json.as_string(), words<T>());
  if constexpr (List<T>) return json.is_array();
  if constexpr (Map<T> || Described<T>) return json.is_object();
}

/// "an integer", "one of 'a', 'b'", ... for messages.
template <class T>
std::string expectation() {
  if constexpr (std::same_as<T, bool>) return "true or false";
  if constexpr (Integer<T>) return "an integer";
  if constexpr (std::floating_point<T>) return "a number";
  if constexpr (std::same_as<T, std::string>) return "a string";
  if constexpr (Word<T>) return one_of(words<T>());
  if constexpr (FixedList<T>) return array_of(std::tuple_size_v<T>);
  if constexpr (List<T>) return "an array";
  if constexpr (Map<T> || Described<T>) return "an object";
}

template <class... T>
void read_union(std::variant<T...>& out, const Json& json, const Path& path, const Rule& rule) {
  const auto read_alternative = [&]<class A>(std::type_identity<A>) {
    if (!accepts<A>(json)) return false;
    read(out.template emplace<A>(), json, path, rule);
    return true;
  };
  if ((read_alternative(std::type_identity<T>{}) || ...)) return;
  std::vector<std::string_view> all_words;
  const auto add_words = [&]<class A>(std::type_identity<A>) {
    if constexpr (Word<A>) std::ranges::copy(words<A>(), std::back_inserter(all_words));
  };
  (add_words(std::type_identity<T>{}), ...);
  fail_union(json, path, std::array{expectation<T>()...}, all_words);
}

template <List T>
void read_list(T& out, const Json& json, const Path& path, const Rule& rule) {
  require(json.is_array(), json, path, expectation<T>());
  const Json::Array& elements = json.as_array();
  if constexpr (FixedList<T>) {
    require(elements.size() == out.size(), json, path, expectation<T>());
  } else {
    out = T(elements.size());
  }
  for (std::size_t i = 0; i < elements.size(); ++i) {
    read(out[i], elements[i], Path(path, i), rule);
  }
}

template <Map T>
void read_map(T& out, const Json& json, const Path& path, const Rule& rule) {
  require(json.is_object(), json, path, "an object");
  out.clear();
  for (const Json::Member& member : json.as_object()) {
    read(out[member.key], member.value, Path(path, member.key), rule);
  }
}

template <class T>
void read(T& out, const Json& json, const Path& path, const Rule& rule) {
  if constexpr (std::same_as<T, Json>) {
    out = json;
  } else if constexpr (std::same_as<T, bool>) {
    require(json.is_bool(), json, path, "true or false");
    out = json.as_bool();
  } else if constexpr (std::unsigned_integral<T>) {
    out = static_cast<T>(read_unsigned(json, path, std::numeric_limits<T>::max(), rule));
  } else if constexpr (Integer<T>) {
    using Limits = std::numeric_limits<T>;
    out = static_cast<T>(read_integer(json, path, Limits::min(), Limits::max(), rule));
  } else if constexpr (std::floating_point<T>) {
    out = static_cast<T>(read_number(json, path, std::numeric_limits<T>::max(), rule));
  } else if constexpr (std::same_as<T, std::string>) {
    require(json.is_string() || json.typed() != nullptr, json, path, "a string");
    out = json.is_string() ? json.as_string() : *json.typed();
  } else if constexpr (Word<T>) {
    out = EnumNames<T>::values[read_word(json, path, words<T>())].second;
  } else if constexpr (Optional<T>) {
    if (json.is_null()) {
      out.reset();
    } else {
      Rule inner = rule;
      inner.required = !out.has_value();  // an absent one is no default
      read(out ? *out : out.emplace(), json, path, inner);
    }
  } else if constexpr (List<T>) {
    read_list(out, json, path, rule);
  } else if constexpr (Map<T>) {
    read_map(out, json, path, rule);
  } else if constexpr (TaggedVariant<T>) {
    read_tagged(out, json, path, rule);
  } else if constexpr (Variant<T>) {
    read_union(out, json, path, rule);
  } else {
    static_assert(Described<T>, "a config member of a type that fields.hpp does not list");
    read_struct(out, json, path);
  }
}

}  // namespace detail

template <Described S>
S parse(const Json& json) {
  S result{};
  detail::read_struct(result, json, detail::Path());
  return result;
}

}  // namespace lacuna::config
