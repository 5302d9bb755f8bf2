#include "runtime/config/json.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "runtime/error.hpp"

namespace lacuna::config {
namespace {

template <class I>
std::optional<I> integer_from_double(double value) {
  constexpr double exact = 9007199254740992.0;  // 2^53: beyond it a double stands for many integers
  if (std::trunc(value) != value || std::abs(value) > exact) return std::nullopt;
  if (std::is_unsigned_v<I> && value < 0) return std::nullopt;
  return static_cast<I>(value);
}

double shortest_double(float value) {
  if (!std::isfinite(value)) return static_cast<double>(value);
  const std::string text = fmt::format("{}", value);
  double result = 0;
  std::from_chars(text.data(), text.data() + text.size(), result);
  return result;
}

}  // namespace

std::string to_string(const Place& place) {
  if (!place.source) return "";
  if (place.line == 0) return *place.source;
  return fmt::format("{}:{}:{}", *place.source, place.line, place.column);
}

Json::Json() = default;
Json::Json(std::nullptr_t) {}
Json::Json(double value) : value_(value) {}
Json::Json(float value) : value_(shortest_double(value)) {}
Json::Json(const char* text) : value_(std::string(text)) {}
Json::Json(std::string_view text) : value_(std::string(text)) {}
Json::Json(std::string text) : value_(std::move(text)) {}

Json Json::array() {
  return array({});
}
Json Json::array(std::initializer_list<Json> elements) {
  Json result;
  result.value_ = Array(elements);
  return result;
}

Json Json::object() {
  return object({});
}
Json Json::object(std::initializer_list<Member> members) {
  Json result;
  result.value_ = Object(members);
  return result;
}

Json Json::implied_object() {
  Json result = object();
  result.implied_ = true;
  return result;
}

bool Json::is_number() const {
  return std::holds_alternative<std::int64_t>(value_) ||
         std::holds_alternative<std::uint64_t>(value_) || std::holds_alternative<double>(value_);
}

std::optional<std::int64_t> Json::to_int64() const {
  if (const auto* value = std::get_if<std::int64_t>(&value_)) return *value;
  if (const auto* value = std::get_if<double>(&value_)) {
    return integer_from_double<std::int64_t>(*value);
  }
  return std::nullopt;
}

std::optional<std::uint64_t> Json::to_uint64() const {
  if (const auto* value = std::get_if<std::uint64_t>(&value_)) return *value;
  if (const auto* value = std::get_if<std::int64_t>(&value_)) {
    return *value < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(*value));
  }
  if (const auto* value = std::get_if<double>(&value_)) {
    return integer_from_double<std::uint64_t>(*value);
  }
  return std::nullopt;
}

bool Json::as_bool() const {
  if (const auto* value = std::get_if<bool>(&value_)) return *value;
  fail("true or false");
}

std::int64_t Json::as_int64() const {
  if (const auto value = to_int64()) return *value;
  fail("a 64-bit integer");
}

std::uint64_t Json::as_uint64() const {
  if (const auto value = to_uint64()) return *value;
  fail("an unsigned 64-bit integer");
}

double Json::as_double() const {
  if (const auto* value = std::get_if<double>(&value_)) return *value;
  if (const auto* value = std::get_if<std::int64_t>(&value_)) return static_cast<double>(*value);
  if (const auto* value = std::get_if<std::uint64_t>(&value_)) return static_cast<double>(*value);
  fail("a number");
}

const std::string& Json::as_string() const {
  if (const auto* value = std::get_if<std::string>(&value_)) return *value;
  fail("a string");
}

const Json::Array& Json::as_array() const {
  if (const auto* value = std::get_if<Array>(&value_)) return *value;
  fail("an array");
}

const Json::Object& Json::as_object() const {
  if (const auto* value = std::get_if<Object>(&value_)) return *value;
  fail("an object");
}

const Json* Json::find(std::string_view key) const {
  for (const Member& member : as_object()) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

Json* Json::find(std::string_view key) {
  return const_cast<Json*>(std::as_const(*this).find(key));
}

const Json& Json::at(std::string_view key) const {
  if (const Json* value = find(key)) return *value;
  const std::string where = to_string(place_);
  throw ConfigError(
      fmt::format("{}{}the key {} is missing", where, where.empty() ? "" : ": ", in_quotes(key)));
}

Json& Json::set(std::string_view key, Json value) {
  Place place = value.place();
  return set(key, std::move(value), std::move(place));
}

Json& Json::set(std::string_view key, Json value, Place key_place) {
  auto* members = std::get_if<Object>(&value_);
  if (members == nullptr) fail("an object");
  for (Member& member : *members) {
    if (member.key == key) {
      member.value = std::move(value);
      member.key_place = std::move(key_place);
      return *this;
    }
  }
  members->push_back({std::string(key), std::move(value), std::move(key_place)});
  return *this;
}

Json& Json::push_back(Json element) {
  auto* elements = std::get_if<Array>(&value_);
  if (elements == nullptr) fail("an array");
  elements->push_back(std::move(element));
  return *this;
}

void Json::relocate(const Place& place) {
  place_ = place;
  if (auto* elements = std::get_if<Array>(&value_)) {
    for (Json& element : *elements) element.relocate(place);
  } else if (auto* members = std::get_if<Object>(&value_)) {
    for (Member& member : *members) {
      member.key_place = place;
      member.value.relocate(place);
    }
  }
}

bool operator==(const Json& a, const Json& b) {
  return a.value_ == b.value_;
}

void Json::fail(std::string_view expected) const {
  const std::string where = to_string(place_);
  throw ConfigError(fmt::format("{}{}must be {}, got {}", where, where.empty() ? "" : ": ",
                                expected, described(*this)));
}

}  // namespace lacuna::config
