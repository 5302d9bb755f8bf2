#pragma once

#include <stdexcept>
#include <string_view>
#include <variant>

#include "runtime/config/json.hpp"
#include "runtime/config/traits.hpp"

namespace lacuna::config {

/// Which keys are written: all, or those whose values are not the defaults.
enum class Keys { all, changed };

/// A described struct as JSON ("type" first where the struct has a tag and may not be without);
/// parse() of it gives an equal struct.
template <Described S>
Json to_json(const S& value, Keys keys = Keys::all);

/// The chosen alternative.
template <TaggedVariant V>
Json to_json(const V& value, Keys keys = Keys::all);

namespace detail {

template <class T>
Json write(const T& value, Keys keys = Keys::all) {
  if constexpr (Described<T>) {
    return to_json(value, keys);
  } else if constexpr (Word<T>) {
    for (const auto& [name, listed] : EnumNames<T>::values) {
      if (listed == value) return name;
    }
    throw std::logic_error("an enum value is not in its EnumNames");
  } else if constexpr (Optional<T>) {
    return value ? write(*value, keys) : Json();
  } else if constexpr (List<T>) {
    Json array = Json::array();
    for (const auto& element : value) array.push_back(write(element, keys));
    return array;
  } else if constexpr (Map<T>) {
    Json object = Json::object();
    for (const auto& [key, element] : value) object.set(key, write(element, keys));
    return object;
  } else if constexpr (Variant<T>) {
    return std::visit([&](const auto& chosen) { return write(chosen, keys); }, value);
  } else {
    return value;
  }
}

}  // namespace detail

template <TaggedVariant V>
Json to_json(const V& value, Keys keys) {
  return std::visit([&](const auto& chosen) { return to_json(chosen, keys); }, value);
}

template <Described S>
Json to_json(const S& value, Keys keys) {
  Json object = Json::object();
  if constexpr (Tagged<S> && !TypeMayBeAbsent<S>) object.set("type", S::tag);
  for_each_field<S>([&](auto member, std::string_view name, const Rule&, std::string_view) {
    Json written = detail::write(value.*member, keys);
    static const S defaults{};
    if (keys == Keys::changed && written == detail::write(defaults.*member, keys)) return;
    object.set(name, std::move(written));
  });
  return object;
}

}  // namespace lacuna::config
