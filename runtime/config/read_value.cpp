#include "runtime/config/read_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "runtime/config/suggest.hpp"
#include "runtime/error.hpp"

namespace lacuna::config::detail {
namespace {

bool is_plain(std::string_view key) {
  constexpr std::size_t longest = 60;
  return !key.empty() && key.size() <= longest && std::ranges::all_of(key, [](char c) {
    return c > ' ' && c < 0x7F && c != '.' && c != '"';
  });
}

std::string range_text(const Range& range) {
  if (std::isfinite(range.max)) return fmt::format("from {} to {}", range.min, range.max);
  return range.open_min ? fmt::format("above {}", range.min) : fmt::format("{} or more", range.min);
}

void check_range(double value, const Json& json, const Path& path, const Rule& rule) {
  if (!rule.range) return;
  const Range& range = *rule.range;
  const bool above_min = range.open_min ? value > range.min : value >= range.min;
  require(above_min && value <= range.max, json, path, range_text(range));
}

}  // namespace

std::string Path::text() const {
  std::vector<const Path*> steps;
  for (const Path* step = this; step->parent_ != nullptr; step = step->parent_) {
    steps.push_back(step);
  }
  std::string text;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    if ((*step)->index_) {
      text += fmt::format("[{}]", *(*step)->index_);
    } else {
      if (!text.empty()) text += '.';
      text += is_plain((*step)->key_) ? std::string((*step)->key_) : in_quotes((*step)->key_);
    }
  }
  return text;
}

void fail(const Place& place, const Path& path, std::string_view message) {
  std::string text;
  for (const std::string& part : {to_string(place), path.text()}) {
    if (!part.empty()) text += part + ": ";
  }
  throw ConfigError(text += message);
}

void require(bool condition, const Json& json, const Path& path, std::string_view expected) {
  if (condition) return;
  fail(json.place(), path, fmt::format("must be {}, got {}", expected, described(json)));
}

void fail_union(const Json& json, const Path& path, std::span<const std::string> expected,
                Names words) {
  std::string message =
      fmt::format("must be {}, got {}", joined(expected, " or "), described(json));
  if (json.is_string()) {
    if (const auto word = nearest(json.as_string(), words)) {
      message += fmt::format("; did you mean '{}'?", *word);
    }
  }
  fail(json.place(), path, message);
}

void check_keys(const Json& json, const Path& path, Names keys, std::string_view tag) {
  require(json.is_object(), json, path, "an object");
  std::vector<std::string_view> valid(keys.begin(), keys.end());
  if (!tag.empty()) valid.insert(valid.begin(), "type");
  for (const Json::Member& member : json.as_object()) {
    const Path here(path, member.key);
    if (!index_of(member.key, valid)) {
      fail(member.key_place, here,
           fmt::format("unknown key{}; {}", tag.empty() ? "" : fmt::format(" of type '{}'", tag),
                       did_you_mean(member.key, valid, "valid keys")));
    }
    if (member.key == "type" && !tag.empty()) {
      read_word(member.value, here, std::array{tag});
    }
  }
}

void check_refused(const Json& json, const Path& path, std::span<const RefusedKey> keys) {
  if (!json.is_object()) return;
  for (const Json::Member& member : json.as_object()) {
    const auto found = std::ranges::find(keys, member.key, &RefusedKey::key);
    if (found != keys.end()) fail(member.key_place, Path(path, member.key), found->why);
  }
}

std::int64_t read_integer(const Json& json, const Path& path, std::int64_t min, std::int64_t max,
                          const Rule& rule) {
  require(json.to_int64() || json.to_uint64(), json, path, "an integer");
  const auto value = json.to_int64();
  if (!value || *value < min || *value > max) {
    require(false, json, path, fmt::format("from {} to {}", min, max));
  }
  check_range(static_cast<double>(*value), json, path, rule);
  return *value;
}

std::uint64_t read_unsigned(const Json& json, const Path& path, std::uint64_t max,
                            const Rule& rule) {
  require(json.to_int64() || json.to_uint64(), json, path, "an integer");
  const auto value = json.to_uint64();
  if (!value || *value > max) require(false, json, path, fmt::format("from 0 to {}", max));
  check_range(static_cast<double>(*value), json, path, rule);
  return *value;
}

double read_number(const Json& json, const Path& path, double max, const Rule& rule) {
  require(json.is_number(), json, path, "a number");
  const double value = json.as_double();
  require(std::abs(value) <= max, json, path, fmt::format("from {} to {}", -max, max));
  check_range(value, json, path, rule);
  return value;
}

std::size_t read_word(const Json& json, const Path& path, Names words) {
  if (json.is_string()) {
    if (const auto index = index_of(json.as_string(), words)) return *index;
  }
  const std::string expected = one_of(words);
  fail_union(json, path, std::span(&expected, 1), words);
}

std::size_t read_tag(const Json& json, const Path& path, Names tags,
                     std::optional<std::size_t> untyped) {
  require(json.is_object(), json, path, "an object");
  if (const Json* type = json.find("type")) return read_word(*type, Path(path, "type"), tags);
  if (untyped) return *untyped;
  for (const Json::Member& member : json.as_object()) {
    if (nearest(member.key, std::array{std::string_view("type")})) {
      fail(member.key_place, Path(path, member.key), "unknown key; did you mean 'type'?");
    }
  }
  fail(json.place(), Path(path, "type"), fmt::format("this key is required: {}", one_of(tags)));
}

void check_default_keys(const Json& json, const Path& path, Names tags,
                        const std::vector<std::vector<std::string_view>>& keys,
                        std::size_t chosen) {
  for (const Json::Member& member : json.as_object()) {
    if (index_of(member.key, keys[chosen])) continue;
    std::vector<std::string_view> having;
    for (std::size_t i = 0; i < tags.size(); ++i) {
      if (index_of(member.key, keys[i])) having.push_back(tags[i]);
    }
    if (having.empty()) continue;
    fail(member.key_place, Path(path, member.key),
         fmt::format("unknown key of type '{}', the default; {} has it: give {}.type, too",
                     tags[chosen], one_of(having), path.text()));
  }
}

std::optional<std::size_t> index_of(std::string_view name, Names names) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

std::string one_of(Names words) {
  if (words.size() == 1) return quoted_list(words);
  return "one of " + quoted_list(words);
}

std::string array_of(std::size_t size) {
  return fmt::format("an array of {}", size);
}

}  // namespace lacuna::config::detail
