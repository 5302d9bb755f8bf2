#pragma once

#include <stdexcept>
#include <string_view>
#include <variant>

#include "runtime/config/json.hpp"
#include "runtime/config/traits.hpp"

namespace lacuna::config {

/// A described struct as JSON, every key written out ("type" first where the struct has a tag and
/// may not be without); parse() of it gives an equal struct.
template <Described S>
Json to_json(const S& value);

/// The chosen alternative.
template <TaggedVariant V>
Json to_json(const V& value);

namespace detail {

template <class T>
Json write(const T& value) {
  if constexpr (Described<T>) {
    return to_json(value);
  } else if constexpr (Word<T>) {
    for (const auto& [name, listed] : EnumNames<T>::values) {
      if (listed == value) return name;
    }
    throw std::logic_error("an enum value is not in its EnumNames");
  } else if constexpr (Optional<T>) {
    return value ? write(*value) : Json();
  } else if constexpr (List<T>) {
    Json array = Json::array();
    for (const auto& element : value) array.push_back(write(element));
    return array;
  } else if constexpr (Map<T>) {
    Json object = Json::object();
    for (const auto& [key, element] : value) object.set(key, write(element));
    return object;
  } else if constexpr (Variant<T>) {
    return std::visit([](const auto& chosen) { return write(chosen); }, value);
  } else {
    return value;
  }
}

}  // namespace detail

template <TaggedVariant V>
Json to_json(const V& value) {
  return std::visit([](const auto& chosen) { return to_json(chosen); }, value);
}

template <Described S>
Json to_json(const S& value) {
  Json object = Json::object();
  if constexpr (Tagged<S> && !TypeMayBeAbsent<S>) object.set("type", S::tag);
  for_each_field<S>([&](auto member, std::string_view name, const Rule&, std::string_view) {
    object.set(name, detail::write(value.*member));
  });
  return object;
}

}  // namespace lacuna::config
