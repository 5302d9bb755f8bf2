#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "runtime/config/json.hpp"
#include "runtime/config/traits.hpp"
#include "runtime/config/write.hpp"

namespace lacuna::config {

/// JSON Schema (draft 2020-12) of a described struct, for editors and other validators.
template <Described S>
Json schema(std::string_view title);

/// A listing of the keys of a schema: path, type, range, default and help, a line each.
std::string describe(const Json& schema);
template <Described S>
std::string describe() {
  return describe(schema<S>(""));
}

namespace detail {

Json typed(std::string_view type);
Json number_schema(std::string_view type, const Rule& rule);
Json word_schema(const std::vector<std::string_view>& words);
/// The schema of a key: description, what `schema` says, and the default unless it is null.
Json field_schema(std::string_view help, const Json& schema, Json initial);

template <class T>
Json schema_of(const T& initial, const Rule& rule);

/// A default names its "type" even where that may be absent.
template <class T>
Json default_of(const T& initial) {
  if constexpr (TaggedVariant<T>) {
    return std::visit(
        [](const auto& chosen) {
          Json json = Json::object({{"type", chosen.tag}});
          const Json written = to_json(chosen);
          for (const Json::Member& member : written.as_object()) json.set(member.key, member.value);
          return json;
        },
        initial);
  } else {
    return write(initial);
  }
}

/// `initial` holds the defaults. The "type" of a tagged struct is required where it chooses.
template <Described S>
Json struct_schema(const S& initial, bool type_required) {
  Json properties = Json::object();
  Json required_keys = Json::array();
  if constexpr (Tagged<S>) {
    properties.set("type", Json::object({{"const", S::tag}}));
    if (type_required) required_keys.push_back("type");
  }
  for_each_field<S>(
      [&](auto member, std::string_view name, const Rule& rule, std::string_view help) {
        using T = std::remove_cvref_t<decltype(initial.*member)>;
        if (rule.required) required_keys.push_back(name);
        const bool has_default = !rule.required && !Described<T>;
        properties.set(name, field_schema(help, schema_of(initial.*member, rule),
                                          has_default ? default_of(initial.*member) : Json()));
      });
  return typed("object")
      .set("properties", properties)
      .set("required", required_keys)
      .set("additionalProperties", false);
}

template <class... A>
Json variant_schema(const std::variant<A...>& initial, const Rule& rule) {
  constexpr bool tagged = TaggedVariant<std::variant<A...>>;
  Json alternatives = Json::array();
  const auto add = [&]<class T>(std::type_identity<T>) {
    const T* held = std::get_if<T>(&initial);
    const T value = held != nullptr ? *held : T{};
    if constexpr (tagged) {
      alternatives.push_back(struct_schema(value, sizeof...(A) > 1 && !TypeMayBeAbsent<T>));
    } else {
      alternatives.push_back(schema_of(value, rule));
    }
  };
  (add(std::type_identity<A>{}), ...);
  return Json::object({{tagged ? "oneOf" : "anyOf", alternatives}});
}

template <class T>
Json schema_of(const T& initial, const Rule& rule) {
  if constexpr (std::same_as<T, Json>) {
    return Json::object();
  } else if constexpr (std::same_as<T, bool>) {
    return typed("boolean");
  } else if constexpr (Integer<T>) {
    Json number = number_schema("integer", rule);
    if (std::is_unsigned_v<T> && !rule.range) number.set("minimum", 0);
    return number;
  } else if constexpr (std::floating_point<T>) {
    return number_schema("number", rule);
  } else if constexpr (std::same_as<T, std::string>) {
    return typed("string");
  } else if constexpr (Word<T>) {
    return word_schema(words<T>());
  } else if constexpr (Optional<T>) {
    return Json::object(
        {{"anyOf", Json::array({schema_of(initial.value_or(typename T::value_type{}), rule),
                                typed("null")})}});
  } else if constexpr (List<T>) {
    Json list = typed("array").set("items", schema_of(typename T::value_type{}, rule));
    if constexpr (FixedList<T>)
      list.set("minItems", initial.size()).set("maxItems", initial.size());
    return list;
  } else if constexpr (Map<T>) {
    return typed("object").set("additionalProperties", schema_of(typename T::mapped_type{}, rule));
  } else if constexpr (Variant<T>) {
    return variant_schema(initial, rule);
  } else {
    return struct_schema(initial, false);
  }
}

}  // namespace detail

template <Described S>
Json schema(std::string_view title) {
  Json result =
      Json::object({{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", title}});
  const Json body = detail::struct_schema(S{}, false);
  for (const Json::Member& member : body.as_object()) result.set(member.key, member.value);
  return result;
}

}  // namespace lacuna::config
