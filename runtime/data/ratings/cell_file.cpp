#include "runtime/data/ratings/cell_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "runtime/config/suggest.hpp"
#include "runtime/data/find_delimiter.hpp"
#include "runtime/data/text_lines.hpp"
#include "runtime/data/text_rows.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

std::vector<std::string> with_own(std::vector<std::string> names, const char* own) {
  if (std::ranges::find(names, own) == names.end()) names.emplace_back(own);
  return names;
}

class CellReader {
 public:
  CellReader(CellColumns columns, const FileFormat& known)
      : columns_(columns),
        known_(known),
        user_(with_own(known.user.names, "user")),
        item_(with_own(known.item.names, "item")),
        rating_(with_own(known.rating.names, "rating")) {}

  RowFormat format_of(std::string_view begin, const LeadingLines& leading) const {
    if (!leading.delimiter.empty()) return {.delimiter = leading.delimiter, .quotes = true};
    const std::string_view header = take_line(begin);
    if (header.starts_with('{')) throw RowError("JSON is not read here: write a CSV file", header);
    std::vector<std::string_view> names;
    for (const auto* list : {&user_, &item_, &rating_})
      names.insert(names.end(), list->begin(), list->end());
    const std::size_t least = columns_ == CellColumns::item ? 1 : 2;
    if (known_.row && fits(header, *known_.row, least)) return with_quotes(*known_.row);
    try {
      return find_delimiter(std::span(&header, 1), names, least, "");
    } catch (const RowError&) {  // one column: the names will tell whether that is enough
      return {.quotes = true};
    }
  }

  void read(const TextRow& row) {
    const std::vector<std::string> fields = row.texts();
    if (count_ == 0) return read_header(row.text, fields);
    if (fields.size() != count_) {
      throw RowError(fmt::format("{} fields where {} are expected", fields.size(), count_),
                     row.text);
    }
    NamedCell cell;
    cell.line = row.line;
    cell.item = id(row, fields[item_at_], "item");
    if (has_user()) cell.user = id(row, fields[user_at_], "user");
    if (has_rating()) cell.rating = rating(row, fields[rating_at_]);
    cells_.push_back(std::move(cell));
  }

  std::vector<NamedCell> take() { return std::move(cells_); }

 private:
  bool has_user() const { return columns_ == CellColumns::user_item; }
  bool has_rating() const { return columns_ == CellColumns::item_rating; }

  static bool fits(std::string_view header, const RowFormat& format, std::size_t least) {
    std::size_t count = 0;
    for_each_field(header, format, [&](std::size_t, std::string_view) { ++count; });
    return count >= least;
  }
  static RowFormat with_quotes(RowFormat format) {
    format.quotes = true;
    return format;
  }
  /// No setting says how these are written: both signs do before a fraction.
  static float rating(const TextRow& row, const std::string& field) {
    RowLayout rules;
    rules.decimal_comma = rules.drop_missing = true;
    if (const auto rating = parse_rating(row.text, field, rules)) return *rating;
    throw RowError("the rating is missing: remove the row", row.text);
  }

  static std::string id(const TextRow& row, const std::string& field, std::string_view what) {
    if (field.empty())
      throw RowError(fmt::format("the {} id is empty: remove the row", what), row.text);
    return field;
  }

  void read_header(std::string_view header, const std::vector<std::string>& fields) {
    count_ = fields.size();
    item_at_ = find(header, fields, item_);
    if (has_user()) user_at_ = find(header, fields, user_);
    if (has_rating()) rating_at_ = find(header, fields, rating_);
  }

  static std::size_t find(std::string_view header, const std::vector<std::string>& fields,
                          const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      const auto found = std::ranges::find(fields, name);
      if (found == fields.end()) continue;
      if (std::find(found + 1, fields.end(), name) != fields.end()) {
        throw RowError(fmt::format("column '{}' occurs twice", printable(name)), header);
      }
      return static_cast<std::size_t>(found - fields.begin());
    }
    const std::vector<std::string_view> views(names.begin(), names.end());
    throw RowError(fmt::format("no column named {}: the first line must name the columns so",
                               names.size() == 1 ? config::quoted_list(views)
                                                 : "one of " + config::quoted_list(views)),
                   header);
  }

  CellColumns columns_;
  const FileFormat& known_;
  std::vector<std::string> user_;
  std::vector<std::string> item_;
  std::vector<std::string> rating_;
  std::size_t count_ = 0;
  std::size_t user_at_ = 0;
  std::size_t item_at_ = 0;
  std::size_t rating_at_ = 0;
  std::vector<NamedCell> cells_;
};

}  // namespace

std::vector<NamedCell> read_cells(const std::string& path, CellColumns columns,
                                  const FileFormat& known) {
  CellReader reader(columns, known);
  for_each_text_row(
      path,
      [&](std::string_view begin, const LeadingLines& leading) {
        return reader.format_of(begin, leading);
      },
      [&](const TextRow& row) { reader.read(row); });
  std::vector<NamedCell> cells = reader.take();
  if (cells.empty()) {
    throw DataError(path + " holds no rows: write a header and at least one line below it");
  }
  return cells;
}

}  // namespace lacuna::data
