#include "runtime/config/override.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <string>
#include <vector>

#include "runtime/config/json_reader.hpp"
#include "runtime/config/suggest.hpp"
#include "runtime/error.hpp"

namespace lacuna::config {
namespace {

[[noreturn]] void fail(const Place& place, std::string_view message) {
  const std::string where = to_string(place);
  throw ConfigError(fmt::format("{}{}{}", where, where.empty() ? "" : ": ", message));
}

std::vector<std::string_view> split_path(std::string_view path, const Place& place) {
  constexpr std::size_t max_keys = 64;  // as deep as a document may be
  std::vector<std::string_view> keys;
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t dot = std::min(path.find('.', start), path.size());
    keys.push_back(path.substr(start, dot - start));
    if (keys.back().empty() || keys.size() > max_keys) {
      fail(place, fmt::format("{} is not a path of keys joined by dots", in_quotes(path)));
    }
    start = dot + 1;
  }
  return keys;
}

Json read_value(std::string_view text) {
  try {
    Json value = parse_json(text, "");
    const bool literal = !value.is_string() && !value.is_array() && !value.is_object();
    if (literal) value.set_typed(std::string(text));
    return value;
  } catch (const ConfigError&) {
    return text;
  }
}

/// The path of `value` itself and those of all keys in it.
void add_paths(const Json& value, const std::string& path, std::vector<std::string>& paths) {
  paths.push_back(path);
  if (!value.is_object()) return;
  for (const Json::Member& member : value.as_object()) {
    add_paths(member.value, path + "." + member.key, paths);
  }
}

std::string without_dots(std::string_view path) {
  std::string letters(path);
  std::erase(letters, '.');
  return letters;
}

/// What a key names in an object, or by its number from 0 in an array; or nullptr.
const Json* member(const Json& json, std::string_view key) {
  if (json.is_object()) return json.find(key);
  std::size_t number = 0;
  const char* end = key.data() + key.size();
  const auto [read, error] = std::from_chars(key.data(), end, number);
  if (!json.is_array() || error != std::errc() || read != end) return nullptr;
  return number < json.as_array().size() ? &json.as_array()[number] : nullptr;
}

}  // namespace

void apply_override(Json& root, std::string_view assignment) {
  const auto equals = assignment.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    throw ConfigError(
        fmt::format("command line: {} is not of the form key.path=value", in_quotes(assignment)));
  }
  constexpr std::size_t longest = 200;
  const auto source = std::make_shared<const std::string>(
      fmt::format("command line: {}{}", assignment.substr(0, longest),
                  assignment.size() > longest ? "..." : ""));
  Json value = read_value(assignment.substr(equals + 1));
  value.relocate({source});
  apply_override(root, assignment.substr(0, equals), std::move(value));
}

void apply_override(Json& root, std::string_view path, Json value) {
  const Place place = value.place();
  const auto keys = split_path(path, place);
  Json* object = &root;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!object->is_object()) {
      const std::string_view reached(path.data(), keys[i].data());
      fail(place,
           fmt::format("{} is not an object but {}",
                       i == 0 ? "the document" : in_quotes(reached.substr(0, reached.size() - 1)),
                       described(*object)));
    }
    if (i + 1 == keys.size()) break;
    Json* next = object->find(keys[i]);
    if (next == nullptr || next->is_null()) {
      Json created = Json::implied_object();
      created.set_place(place);
      object->set(keys[i], std::move(created));
      next = object->find(keys[i]);
    }
    object = next;
  }
  object->set(keys.back(), std::move(value));
}

void check_path(std::string_view path, const Place& place, const Json& root,
                std::span<const std::string_view> parts, std::string_view rule) {
  std::vector<std::string> paths;
  for (const std::string_view part : parts) add_paths(root.at(part), std::string(part), paths);
  const std::string letters = without_dots(path);
  const bool dots_differ = std::ranges::any_of(paths, [&](const std::string& known) {
    return known != path && without_dots(known) == letters;
  });
  const bool inside = std::ranges::find(parts, path.substr(0, path.find('.'))) != parts.end();
  if (inside && !dots_differ) return;
  const std::vector<std::string_view> names(paths.begin(), paths.end());
  const auto meant = nearest(path, names);
  fail(place, fmt::format("{}{}", rule, meant ? fmt::format("; did you mean '{}'?", *meant) : ""));
}

const Json* find_at(const Json& root, std::string_view path) {
  const std::size_t dot = path.find('.');
  const Json* found = member(root, path.substr(0, dot));
  if (found == nullptr || dot == std::string_view::npos) return found;
  return find_at(*found, path.substr(dot + 1));
}

}  // namespace lacuna::config
