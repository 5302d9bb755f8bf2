#include "runtime/data/ratings/json_row.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace lacuna::data {

namespace dom = simdjson::dom;

struct JsonRows::State {
  dom::parser parser;
  std::string padded;
  std::string user;
  std::string item;
};

namespace {

/// NaN, as Python and DuckDB write it, is no JSON: it becomes null.
bool replace_nan(std::string& text) {
  bool any = false;
  bool within = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && within) {
      ++i;
    } else if (text[i] == '"') {
      within = !within;
    } else if (!within && text.compare(i, 3, "NaN") == 0) {
      text.replace(i, 3, "null");
      any = true;
    }
  }
  return any;
}

dom::object object_of(dom::parser& parser, std::string& padded, std::string_view row) {
  detail::check_length(row);
  padded.assign(row);
  dom::element element;
  const auto parse = [&] {
    padded.reserve(padded.size() + simdjson::SIMDJSON_PADDING);
    return parser.parse(padded.data(), padded.size(), false).get(element);
  };
  simdjson::error_code error = parse();
  if (error != simdjson::SUCCESS && replace_nan(padded)) error = parse();
  if (error != simdjson::SUCCESS && row.starts_with("{'")) {
    throw RowError(
        "a Python dictionary, no JSON: convert each line, as by "
        "json.dumps(ast.literal_eval(line))",
        row);
  }
  if (error != simdjson::SUCCESS) {
    throw RowError(fmt::format("no JSON object on this line ({}); a file of JSON lines has one "
                               "object a line",
                               simdjson::error_message(error)),
                   row);
  }
  dom::object object;
  if (element.get(object) != simdjson::SUCCESS) {
    throw RowError("no JSON object; a file of JSON lines has one object a line", row);
  }
  return object;
}

RowError key_twice(std::string_view row, std::string_view key) {
  return {fmt::format("the key '{}' occurs twice", printable(key)), row};
}

using Values = std::array<std::optional<dom::element>, 4>;

/// The values by the layout's keys; a rating may be absent where it may be missing.
Values values_of(std::string_view row, const RowLayout& layout, dom::object object) {
  Values values;
  for (const dom::key_value_pair pair : object) {
    for (std::size_t k = 0; k < layout.keys.size(); ++k) {
      if (layout.keys[k].empty() || pair.key != layout.keys[k]) continue;
      if (values[k]) {
        throw key_twice(row, pair.key);
      }
      values[k] = pair.value;
    }
  }
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (values[k] || layout.keys[k].empty() || (k == 2 && layout.drop_missing)) continue;
    throw RowError(
        fmt::format("no key '{}'{}", printable(layout.keys[k]),
                    k == 2 ? " (set data.missing to \"drop\" to leave such rows out)" : ""),
        row);
  }
  return values;
}

void set_id(std::string_view row, std::string_view key, dom::element value, std::string& out) {
  std::string_view text;
  std::uint64_t whole = 0;
  double number = 0;
  if (value.get(text) == simdjson::SUCCESS) {
    out.assign(text);
  } else if (value.get(whole) == simdjson::SUCCESS) {
    out = std::to_string(whole);
  } else if (value.get(number) == simdjson::SUCCESS && !value.is<bool>()) {
    out = fmt::format("{}", number);
  } else {
    throw RowError(fmt::format("'{}' is neither text nor a number", printable(key)), row);
  }
}

/// Of text what it says, of everything else how it is written.
std::string text_of(dom::element value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  return simdjson::minify(value);
}

}  // namespace

JsonRows::JsonRows() = default;
JsonRows::~JsonRows() = default;

JsonRows::State& JsonRows::state() {
  if (!state_) state_ = std::make_unique<State>();
  return *state_;
}

RowOutcome JsonRows::parse(std::string_view row, const RowLayout& layout, RatingRow& out) {
  State& state = this->state();
  const auto [user, item, rating, time] =
      values_of(row, layout, object_of(state.parser, state.padded, row));
  set_id(row, layout.keys[0], *user, state.user);
  set_id(row, layout.keys[1], *item, state.item);
  out.user = state.user;
  out.item = state.item;
  if (!rating) return RowOutcome::missing;
  double number = 0;
  if (rating->get(number) == simdjson::SUCCESS && std::isfinite(static_cast<float>(number))) {
    out.value = static_cast<float>(number);
  } else if (const auto value = parse_rating(row, text_of(*rating), layout)) {
    out.value = *value;
  } else {
    return RowOutcome::missing;
  }
  if (!time) return RowOutcome::rating;
  out.time = time->get(number) == simdjson::SUCCESS ? number : parse_time(row, text_of(*time));
  return RowOutcome::rating;
}

std::pair<std::string, std::string> JsonRows::title(std::string_view row) {
  const dom::object object = object_of(state().parser, state().padded, row);
  const auto text = [&](const char* key) {
    std::string_view found;
    return object[key].get(found) == simdjson::SUCCESS ? std::string(found) : std::string();
  };
  std::string item = text("parent_asin");
  return {item.empty() ? text("asin") : std::move(item), text("title")};
}

std::vector<std::string> JsonRows::keys(std::string_view row) {
  std::vector<std::string> names;
  bool any_value = false;
  if (row.size() <= max_line_bytes) {
    for (const dom::key_value_pair pair : object_of(state().parser, state().padded, row)) {
      if (std::ranges::find(names, pair.key) != names.end()) throw key_twice(row, pair.key);
      names.emplace_back(pair.key);
      any_value = any_value || (!pair.value.is_object() && !pair.value.is_array());
    }
  }
  if (any_value) return names;
  throw RowError(
      "a JSON object of columns, not of rows: write one object a line (JSON lines), as "
      "pandas' to_json(orient=\"records\", lines=True) does",
      row);
}

}  // namespace lacuna::data
