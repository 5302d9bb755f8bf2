#include "runtime/data/tables/table_rows.hpp"

#include <fmt/format.h>

#include <utility>

#include "runtime/config/suggest.hpp"
#include "runtime/data/text_lines.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

constexpr std::size_t listed_names = 30;  // in an error

class RowSplitter {
 public:
  RowSplitter(const TableText& text, const std::function<void(const TableHeader&)>& start,
              const std::function<void(const TableRow&)>& visit)
      : format_{.delimiter = text.delimiter, .quotes = true}, start_(start), visit_(visit) {}

  void read(std::string_view row, std::int64_t line) {
    if (row.find('\0') != std::string_view::npos) {
      throw RowError("a NUL byte: save the file as UTF-8 text", row);
    }
    fields_.clear();
    const std::size_t count = for_each_field(
        row, format_,
        [&](std::size_t, std::string_view field) { fields_.push_back(trimmed(field)); });
    if (count == open_row) throw open_row_error(row);
    if (line == 1) return read_header(row);
    check_count(row, format_, fields_.size());
    visit_({row, line, fields_});
    has_rows_ = true;
  }

  bool has_rows() const { return has_rows_; }

 private:
  void read_header(std::string_view row) {
    format_.min_fields = format_.max_fields = fields_.size();
    std::vector<std::string> names;
    for (const std::string_view field : fields_) names.push_back(to_text(field, true));
    start_(TableHeader(row, std::move(names)));
  }

  RowFormat format_;
  const std::function<void(const TableHeader&)>& start_;
  const std::function<void(const TableRow&)>& visit_;
  std::vector<std::string_view> fields_;
  bool has_rows_ = false;
};

}  // namespace

TableHeader::TableHeader(std::string_view row, std::vector<std::string> names)
    : row_(row), names_(std::move(names)) {
  for (std::size_t i = 0; i < names_.size(); ++i) places_[names_[i]].push_back(i);
}

std::optional<std::size_t> TableHeader::find(const std::string& name) const {
  const auto found = places_.find(name);
  if (found == places_.end()) return std::nullopt;
  if (found->second.size() > 1) {
    throw RowError(fmt::format("column '{}' occurs twice", printable(name)), row_);
  }
  return found->second.front();
}

std::size_t TableHeader::at(const std::string& name, std::string_view why) const {
  if (const auto place = find(name)) return *place;
  const std::vector<std::string_view> raw(names_.begin(), names_.end());
  const auto near = config::nearest(name, raw);
  std::vector<std::string> shown;  // what stands in a file does not reach a terminal as it is
  for (const std::string& known : names_) {
    if (!near || known == *near) shown.push_back(printable(known));
    if (shown.size() == listed_names) break;
  }
  const std::vector<std::string_view> views(shown.begin(), shown.end());
  const std::string advice = near ? fmt::format("did you mean '{}'?", shown.front())
                                  : "the columns are " + config::quoted_list(views);
  throw RowError(fmt::format("no column '{}' ({}: {})", printable(name), why, advice), row_);
}

RowError TableHeader::error(std::string_view what) const {
  return {what, row_};
}

RowError TableRow::error(const std::string& column, std::string_view what) const {
  return {fmt::format("column '{}': {}", printable(column), what), text};
}

std::string for_each_row(const TableText& text,
                         const std::function<void(const TableHeader&)>& start,
                         const std::function<void(const TableRow&)>& visit) {
  RowSplitter splitter(text, start, visit);
  std::string checksum = for_each_line(
      text.path, [&](std::string_view row, std::int64_t line) { splitter.read(row, line); },
      text.max_bytes);
  if (!splitter.has_rows()) {
    throw DataError(text.path + " holds no rows: the first line names the columns, rows follow");
  }
  return checksum;
}

}  // namespace lacuna::data
