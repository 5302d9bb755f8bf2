#include "runtime/data/parse_ratings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "runtime/data/row_fields.hpp"
#include "runtime/data/text_reader.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

/// Turns the rows of one file into ratings.
class RowParser {
 public:
  RowParser(const std::string& path, RowLayout layout) : path_(path), layout_(std::move(layout)) {}

  void parse(RowPlace place) {
    if (place.row.empty()) {
      if (blank_line_ == 0) blank_line_ = place.line;
      return;
    }
    if (blank_line_ != 0) bad_row({path_, blank_line_, ""}, "a blank line before further rows");
    split_fields(place, layout_, fields_);
    check_count(place);
    out.user.push_back(out.users(parse_id(place, fields_[layout_.user], "user id")));
    out.item.push_back(out.items(parse_id(place, fields_[layout_.item], "item id")));
    out.value.push_back(parse_rating(place, fields_[layout_.rating]));
  }

  ParsedRatings out;

 private:
  void check_count(const RowPlace& place) {
    const std::size_t count = fields_.size();
    if (count < layout_.min_fields || count > layout_.max_fields) {
      bad_row(place, fmt::format("{} fields where {} are expected", count, expected_count()));
    }
    layout_.min_fields = layout_.max_fields = count;
  }

  std::string expected_count() const {
    if (layout_.min_fields == layout_.max_fields) return std::to_string(layout_.min_fields);
    return fmt::format("{} to {}", layout_.min_fields, layout_.max_fields);
  }

  const std::string& path_;
  RowLayout layout_;
  std::vector<std::string_view> fields_;
  std::int64_t blank_line_ = 0;
};

/// Calls on_row(RowPlace) for every line of the file, without its line end; returns the checksum.
template <class OnRow>
std::string for_each_row(const std::string& path, std::uint64_t max_bytes, OnRow on_row) {
  TextReader reader(path, max_bytes);
  std::int64_t line = 0;
  for (std::string_view text = reader.next_lines(); !text.empty(); text = reader.next_lines()) {
    if (line == 0 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      std::string_view row = text.substr(0, end);
      if (row.ends_with('\r')) row.remove_suffix(1);
      on_row({path, ++line, row});
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }
  if (line == 0) throw DataError(path + " is empty: fetch it again, or name another file");
  return reader.checksum();
}

std::size_t column_index(const RowPlace& header, const std::vector<std::string_view>& names,
                         const std::string& name, std::string_view key) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    bad_row(header, fmt::format("no column '{}' (set data.{})", printable(name), key));
  }
  if (std::find(found + 1, names.end(), name) != names.end()) {
    bad_row(header, fmt::format("column '{}' occurs twice", printable(name)));
  }
  return static_cast<std::size_t>(found - names.begin());
}

RowLayout read_header(const RowPlace& header, const CsvSource& source) {
  RowLayout layout{.delimiter = source.delimiter, .quotes = true};
  std::vector<std::string_view> names;
  split_fields(header, layout, names);
  layout.user = column_index(header, names, source.user_column, "user_column");
  layout.item = column_index(header, names, source.item_column, "item_column");
  layout.rating = column_index(header, names, source.rating_column, "rating_column");
  layout.min_fields = layout.max_fields = names.size();
  return layout;
}

ParsedRatings finish(RowParser&& parser, std::string checksum, const std::string& path) {
  if (parser.out.value.empty()) throw DataError(path + " holds no ratings: name another file");
  parser.out.checksum = std::move(checksum);
  return std::move(parser.out);
}

}  // namespace

ParsedRatings parse_movielens(const std::string& path, MovieLensFormat format,
                              std::uint64_t max_bytes) {
  const bool is_100k = format == MovieLensFormat::ml_100k;
  const RowLayout layout{.delimiter = is_100k ? "\t" : "::",
                         .min_fields = is_100k ? std::size_t{4} : std::size_t{3},
                         .max_fields = 4};
  RowParser parser(path, layout);
  std::string checksum =
      for_each_row(path, max_bytes, [&](const RowPlace& place) { parser.parse(place); });
  return finish(std::move(parser), std::move(checksum), path);
}

ParsedRatings parse_csv(const std::string& path, const CsvSource& source) {
  source.check();
  std::optional<RowParser> parser;
  std::string checksum = for_each_row(path, source.max_bytes, [&](const RowPlace& place) {
    if (parser) {
      parser->parse(place);
    } else {
      parser.emplace(path, read_header(place, source));
      parser->out.first_line = place.line + 1;
    }
  });
  return finish(std::move(*parser), std::move(checksum), path);
}

}  // namespace lacuna::data
