#include "runtime/data/counts/entry_lines.hpp"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>

#include "runtime/data/row_fields.hpp"
#include "runtime/data/text_lines.hpp"

namespace lacuna::data {
namespace {

bool is_digit(char c) {
  return static_cast<unsigned char>(c - '0') <= 9;
}
bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

/// A place in a text; takes what a line is made of, and says whether it was there.
class Cursor {
 public:
  Cursor(const char* at, const char* end) : at_(at), end_(end) {}

  const char* at() const { return at_; }
  bool at_end() const { return at_ == end_; }
  void skip_blanks() {
    while (at_ != end_ && is_blank(*at_)) ++at_;
  }
  /// A line end, with the blanks before it.
  bool take_line_end() {
    skip_blanks();
    if (at_ == end_) return true;
    if (*at_ != '\n') return false;
    ++at_;
    return true;
  }

  /// A number from 1 to `most`.
  bool take_index(std::int64_t most, std::int64_t& index) {
    skip_blanks();
    const char* begin = at_;
    std::int64_t value = 0;
    while (at_ != end_ && is_digit(*at_) && at_ - begin < 11) value = 10 * value + (*at_++ - '0');
    index = value;
    return at_ != begin && value >= 1 && value <= most &&
           (at_ == end_ || is_blank(*at_) || *at_ == '\n');
  }

  bool take_value(float& value) {
    skip_blanks();
    const char* begin = at_;
    std::int64_t digits = 0;  // most counts are a few of them
    while (at_ != end_ && is_digit(*at_) && at_ - begin < 8) digits = 10 * digits + (*at_++ - '0');
    if (at_ != begin && (at_ == end_ || *at_ == '\n' || is_blank(*at_))) {
      value = static_cast<float>(digits);
      return true;
    }
    at_ = begin;
    const char* rest = at_ != end_ && *at_ == '+' ? at_ + 1 : at_;
    const auto [after, fault] = fast_float::from_chars(rest, end_, value);
    at_ = after;
    return fault != std::errc::invalid_argument && fault_of(value).empty();
  }

 private:
  const char* at_;
  const char* end_;
};

bool take_entry(Cursor& cursor, const MatrixMarketHeader& header, CountEntries& entries) {
  std::int64_t row = 1;
  std::int64_t col = 1;
  float value = 1;
  if (header.listed) {
    if (!cursor.take_index(header.rows, row) || !cursor.take_index(header.cols, col)) return false;
    if (header.symmetric && col > row) return false;
  }
  if (!header.pattern && !cursor.take_value(value)) return false;
  if (!cursor.take_line_end()) return false;
  entries.add(row - 1, col - 1, value);
  return true;
}

/// What is wrong with the fields of a line that is no entry.
std::string fault_of_fields(const std::vector<std::string_view>& fields,
                            const MatrixMarketHeader& header) {
  const std::size_t wanted = (header.listed ? 2 : 0) + (header.pattern ? 0 : 1);
  if (fields.size() != wanted) {
    return fmt::format("{} fields where {} are expected", fields.size(), wanted);
  }
  if (!header.pattern) {
    const std::optional<float> value = to_number(fields.back());
    if (!value) return fmt::format("'{}' is no number", printable(fields.back()));
    if (!fault_of(*value).empty()) return std::string(fault_of(*value));
  }
  return fmt::format("row and column are not within {} x {}{}", header.rows, header.cols,
                     header.symmetric ? ", or above the diagonal of a symmetric matrix" : "");
}

std::string fault_of_line(std::string_view line, const MatrixMarketHeader& header) {
  try {
    const auto fields = split_fields(line, {.delimiter = " ", .blanks = true});
    return RowError(fault_of_fields(fields, header), line).what();
  } catch (const RowError& error) {  // of a line that is too long
    return error.what();
  }
}

}  // namespace

void EntryLines::parse(std::string_view text, const MatrixMarketHeader& header) {
  entries = {};
  read = lines = 0;
  error.reset();
  const std::size_t shortest = header.listed ? 4 : 2;  // "1 1\n"
  entries.value.reserve(text.size() / (2 * shortest));
  entries.row.reserve(entries.value.capacity());
  entries.col.reserve(entries.value.capacity());
  Cursor cursor(text.data(), text.data() + text.size());
  while (!cursor.at_end()) {
    const char* begin = cursor.at();
    ++lines;
    if (cursor.take_line_end()) continue;
    if (take_entry(cursor, header, entries)) {
      ++read;
      continue;
    }
    std::string_view rest = text.substr(static_cast<std::size_t>(begin - text.data()));
    error = fault_of_line(take_line(rest), header);
    return;
  }
}

}  // namespace lacuna::data
