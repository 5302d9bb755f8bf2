#include "runtime/data/counts/dense_counts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <variant>

#include "runtime/data/find_delimiter.hpp"
#include "runtime/data/text_lines.hpp"
#include "runtime/data/text_rows.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

bool is_number(std::string_view field) {
  return to_number(trimmed(field)).has_value();
}

/// 0, 1, 2 ... or 1, 2, 3 ...: what pandas and R call columns that nobody named.
bool counts_up(const std::vector<std::string_view>& fields) {
  if (fields.size() < 2) return false;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto number = to_number(trimmed(fields[i]));
    const auto first = to_number(trimmed(fields.front()));
    if (!number || (*first != 0 && *first != 1)) return false;
    if (*number != *first + static_cast<float>(i)) return false;
  }
  return true;
}

/// The format and what stands where.
struct Layout {
  RowFormat format;
  bool header = false;
  bool corner = false;  ///< the header has a field above the rows' names
  bool row_names = false;
};

/// By the first two lines. Throws RowError that asks for what they leave open.
class FindLayout {
 public:
  FindLayout(std::string_view begin, const DenseLayout& said) : said_(said) {
    std::vector<std::string_view> lines;
    while (!begin.empty() && lines.size() < 3) {
      const std::string_view line = take_line(begin);
      if (!line.empty()) lines.push_back(line);
    }
    if (lines.empty()) throw RowError("a matrix is expected, and nothing is here", "");
    // A header may have a field less than the rows.
    const bool more = lines.size() > 1;
    const std::span<const std::string_view> rows = std::span(lines).subspan(more ? 1 : 0);
    layout_.format = find_delimiter(rows, {}, 2, "; set data.path to a matrix");
    first_ = split_fields(lines.front(), layout_.format);
    second_ = split_fields(rows.front(), layout_.format);
    line_ = lines.front();
  }

  Layout find() {
    const bool shorter = first_.size() + 1 == second_.size();
    layout_.header = said_.header ? *said_.header : shorter || names_columns();
    layout_.row_names = said_.row_names ? *said_.row_names : shorter || names_rows();
    layout_.corner = layout_.header && layout_.row_names && !shorter;
    const std::size_t columns = second_.size();
    layout_.format.min_fields = layout_.format.max_fields = columns;
    return layout_;
  }

 private:
  bool names_columns() const {
    if (trimmed(first_.front()).empty()) return true;  // the corner of a table with names
    const bool numbers = std::ranges::all_of(first_.begin() + 1, first_.end(), is_number);
    if (!numbers) return true;
    if (counts_up(first_)) {
      throw RowError("these may be names of columns or values: set data.header to true or false",
                     line_);
    }
    return false;
  }

  bool names_rows() const {
    if (!is_number(second_.front())) return true;
    if (!layout_.header) return false;
    const std::string_view corner = trimmed(first_.front());
    if (corner.empty()) return true;
    throw RowError(
        "the first column may hold names of rows or values: set data.row_names to true or false",
        line_);
  }

  const DenseLayout& said_;
  std::string_view line_;
  std::vector<std::string_view> first_;
  std::vector<std::string_view> second_;
  Layout layout_;
};

class Reader {
 public:
  explicit Reader(const DenseLayout& said) : said_(said) { matrix_.pieces.emplace_back(); }

  RowFormat format_of(std::string_view begin) {
    layout_ = FindLayout(begin, said_).find();
    RowFormat format = layout_.format;
    format.min_fields = 1;  // rows are counted here, the header has a length of its own
    format.max_fields = RowFormat().max_fields;
    return format;
  }

  void read(const TextRow& row) {
    if (first_) {
      first_ = false;
      if (layout_.header) return read_header(row);
    }
    read_row(row);
  }

  CountMatrix finish(const std::string& path) {
    if (matrix_.rows == 0) throw DataError(path + " has no rows of values");
    check_sizes(path, matrix_.rows, matrix_.cols, matrix_.rows * matrix_.cols);
    return std::move(matrix_);
  }

 private:
  void read_header(const TextRow& row) {
    matrix_.col_names = row.texts();
    if (layout_.corner) matrix_.col_names.erase(matrix_.col_names.begin());
    const std::size_t columns = layout_.format.min_fields - (layout_.row_names ? 1 : 0);
    if (matrix_.col_names.size() == columns) return;
    throw RowError(fmt::format("{} names of columns above rows of {} values",
                               matrix_.col_names.size(), columns),
                   row.text);
  }

  void read_row(const TextRow& row) {
    CountEntries& entries = matrix_.pieces.back();
    const std::size_t names = layout_.row_names ? 1 : 0;
    const std::size_t fields =
        for_each_field(row.text, row.format, [&](std::size_t number, std::string_view field) {
          if (number < names) {
            matrix_.row_names.push_back(to_text(trimmed(field), row.format.quotes));
            return;
          }
          const float value = value_of(number, field, row);
          if (value != 0)
            entries.add(matrix_.rows, static_cast<std::int64_t>(number - names), value);
        });
    check_count(row.text, layout_.format, fields);
    matrix_.cols = static_cast<std::int64_t>(fields - names);
    ++matrix_.rows;
  }

  static float value_of(std::size_t number, std::string_view field, const TextRow& row) {
    const std::optional<float> value = to_number(trimmed(field));
    if (!value) {
      throw RowError(fmt::format("field {}: '{}' is no number: write 0 where nothing was found",
                                 number + 1, printable(field)),
                     row.text);
    }
    if (const std::string_view fault = fault_of(*value); !fault.empty()) {
      throw RowError(fmt::format("field {}: {}", number + 1, fault), row.text);
    }
    return *value;
  }

  const DenseLayout& said_;
  Layout layout_;
  bool first_ = true;
  CountMatrix matrix_;
};

}  // namespace

CountMatrix read_dense_text(const std::string& path, const DenseLayout& layout,
                            std::uint64_t max_bytes) {
  Reader reader(layout);
  const std::string checksum = for_each_text_row(
      path, [&](std::string_view begin, const LeadingLines&) { return reader.format_of(begin); },
      [&](const TextRow& row) { reader.read(row); }, max_bytes);
  CountMatrix matrix = reader.finish(path);
  matrix.checksum = checksum;
  return matrix;
}

CountMatrix counts_of(const NpyArray& array, const std::string& path) {
  if (array.shape.size() != 2) {
    throw DataError(
        fmt::format("{}: an array of {} sides, a matrix has two", path, array.shape.size()));
  }
  CountMatrix matrix{.rows = array.shape[0],
                     .cols = array.shape[1],
                     .pieces = {},
                     .row_names = {},
                     .col_names = {},
                     .checksum = array.checksum};
  check_sizes(path, matrix.rows, matrix.cols, matrix.rows * matrix.cols);
  CountEntries& entries = matrix.pieces.emplace_back();
  std::visit(
      [&](const auto& values) {
        std::size_t at = 0;
        for (std::int64_t r = 0; r < matrix.rows; ++r) {
          for (std::int64_t c = 0; c < matrix.cols; ++c) {
            const auto value = static_cast<float>(values[at++]);
            if (const std::string_view fault = fault_of(value); !fault.empty()) {
              throw DataError(fmt::format("{}: row {}, column {}: {}", path, r + 1, c + 1, fault));
            }
            if (value != 0) entries.add(r, c, value);
          }
        }
      },
      array.values);
  return matrix;
}

}  // namespace lacuna::data
