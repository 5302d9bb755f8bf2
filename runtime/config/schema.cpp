#include "runtime/config/schema.hpp"

#include <fmt/format.h>

#include <cmath>

#include "runtime/config/suggest.hpp"

namespace lacuna::config {
namespace detail {

Json typed(std::string_view type) {
  return Json::object({{"type", type}});
}

Json number_schema(std::string_view type, const Rule& rule) {
  Json number = typed(type);
  if (!rule.range) return number;
  const auto bound = [](double value) {
    const auto integer = Json(value).to_int64();
    return integer ? Json(*integer) : Json(value);
  };
  number.set(rule.range->open_min ? "exclusiveMinimum" : "minimum", bound(rule.range->min));
  if (std::isfinite(rule.range->max)) number.set("maximum", bound(rule.range->max));
  return number;
}

Json word_schema(const std::vector<std::string_view>& words) {
  Json list = Json::array();
  for (const std::string_view word : words) list.push_back(word);
  return Json::object({{"enum", list}});
}

Json field_schema(std::string_view help, const Json& schema, Json initial) {
  Json field = Json::object({{"description", help}});
  for (const Json::Member& member : schema.as_object()) field.set(member.key, member.value);
  if (!initial.is_null()) field.set("default", std::move(initial));
  return field;
}

}  // namespace detail

namespace {

const Json* alternatives(const Json& schema) {
  const Json* any = schema.find("anyOf");
  return any != nullptr ? any : schema.find("oneOf");
}

/// The "type" that chooses this schema in a oneOf, or null.
const Json* tag_of(const Json& schema) {
  const Json* properties = schema.find("properties");
  const Json* type = properties != nullptr ? properties->find("type") : nullptr;
  return type != nullptr ? type->find("const") : nullptr;
}

template <class ToText>
std::string joined_texts(const Json& list, std::string_view separator, ToText to_text) {
  std::vector<std::string> texts;
  for (const Json& element : list.as_array()) texts.push_back(to_text(element));
  return joined(texts, separator);
}

std::string number_range(const Json& schema) {
  const Json* min = schema.find("minimum");
  const Json* max = schema.find("maximum");
  const Json* above = schema.find("exclusiveMinimum");
  if (min != nullptr && max != nullptr) return " " + dump(*min) + ".." + dump(*max);
  std::string text;
  if (min != nullptr) text += " >= " + dump(*min);
  if (above != nullptr) text += " > " + dump(*above);
  if (max != nullptr) text += " <= " + dump(*max);
  return text;
}

std::string type_text(const Json& schema) {
  if (const Json* tag = tag_of(schema)) return dump(*tag, 0);
  if (const Json* words = schema.find("enum")) {
    return joined_texts(*words, "|", [](const Json& word) { return dump(word, 0); });
  }
  if (const Json* choices = alternatives(schema)) return joined_texts(*choices, " or ", type_text);
  const Json* type = schema.find("type");
  if (type == nullptr) return "any";
  if (const Json* items = schema.find("items")) return "array of " + type_text(*items);
  return type->as_string() + number_range(schema);
}

bool is_required(const Json& object, const std::string& key) {
  for (const Json& name : object.at("required").as_array()) {
    if (name.as_string() == key) return true;
  }
  return false;
}

std::string default_text(const Json& field) {
  const Json* initial = field.find("default");
  if (initial == nullptr) return "";
  const Json* tag = initial->is_object() ? initial->find("type") : nullptr;
  return fmt::format(" (default {})", dump(tag != nullptr ? *tag : *initial, 0));
}

class Listing {
 public:
  void add(const Json& schema, const std::string& path) {
    if (const Json* properties = schema.find("properties")) {
      for (const Json::Member& field : properties->as_object()) {
        add_field(schema, field, path.empty() ? field.key : path + "." + field.key);
      }
    } else if (const Json* choices = alternatives(schema)) {
      for (const Json& choice : choices->as_array()) add(choice, path);
    } else if (const Json* items = schema.find("items")) {
      add(*items, path + "[]");
    } else if (const Json* values = schema.find("additionalProperties")) {
      add(*values, path + ".<name>");
    }
  }
  std::string take() { return std::move(text_); }

 private:
  void add_field(const Json& object, const Json::Member& field, const std::string& path) {
    if (const Json* tag = field.value.find("const")) {
      text_ += fmt::format("{:<36} {}\n", path, dump(*tag, 0));
      return;
    }
    const bool needed = is_required(object, field.key);
    text_ += fmt::format("{:<36} {}{}\n{:<36}   {}\n", path, type_text(field.value),
                         needed ? " (required)" : default_text(field.value), "",
                         field.value.at("description").as_string());
    add(field.value, path);
  }

  std::string text_;
};

}  // namespace

std::string describe(const Json& schema) {
  Listing listing;
  listing.add(schema, "");
  return listing.take();
}

}  // namespace lacuna::config
