#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "runtime/data/counts/matrix_market.hpp"
#include "runtime/data/row_fields.hpp"
#include "runtime/data/text_lines.hpp"
#include "runtime/data/whole_number.hpp"

namespace lacuna::data {
namespace {

constexpr std::string_view banner = "%%matrixmarket";
const RowFormat words{.delimiter = " ", .blanks = true};

std::string in_small_letters(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

/// What of the banner `word` is not among.
void check_word(std::string_view line, std::string_view word,
                std::initializer_list<std::string_view> known, std::string_view advice) {
  if (std::ranges::find(known, word) != known.end()) return;
  throw RowError(fmt::format("'{}' matrices are not read: {}", printable(word), advice), line);
}

void read_banner(std::string_view line, MatrixMarketHeader& header) {
  const std::string lower = in_small_letters(line);
  const std::vector<std::string_view> said = split_fields(lower, words);
  if (said.size() != 5 || said[0] != banner || said[1] != "matrix") {
    throw RowError("a Matrix Market file begins with '%%MatrixMarket matrix' and three words more",
                   line);
  }
  check_word(line, said[2], {"coordinate", "array"}, "write it as 'coordinate' or 'array'");
  check_word(line, said[3], {"real", "double", "integer", "unsigned-integer", "pattern"},
             "counts are 'integer' or 'real'");
  check_word(line, said[4], {"general", "symmetric"},
             "write it as 'general', as scipy.io.mmwrite(FILE, matrix, symmetry='general') does");
  header.listed = said[2] == "coordinate";
  header.pattern = said[3] == "pattern";
  header.symmetric = said[4] == "symmetric";
  if (header.pattern && !header.listed) throw RowError("an array without values", line);
}

void read_sizes(std::string_view line, MatrixMarketHeader& header) {
  const std::vector<std::string_view> fields = split_fields(line, words);
  const std::size_t wanted = header.listed ? 3 : 2;
  std::array<std::uint64_t, 3> sizes{};
  for (std::size_t i = 0; i < wanted; ++i) {
    if (fields.size() != wanted || !read_plain_number(fields[i], sizes[i]) ||
        sizes[i] > (std::uint64_t{1} << 62)) {
      throw RowError(header.listed ? "rows, columns and entries are expected"
                                   : "rows and columns are expected",
                     line);
    }
  }
  header.rows = static_cast<std::int64_t>(sizes[0]);
  header.cols = static_cast<std::int64_t>(sizes[1]);
  header.entries = static_cast<std::int64_t>(sizes[2]);
  if (header.symmetric && header.rows != header.cols) {
    throw RowError("a symmetric matrix has as many rows as columns", line);
  }
}

/// How many values an array lists: both sides are below 2^31 where check_sizes() has been asked.
std::int64_t listed_values(const MatrixMarketHeader& header) {
  if (!header.symmetric) return header.rows * header.cols;
  return header.rows * (header.rows + 1) / 2;
}

}  // namespace

bool is_matrix_market(std::string_view begin) {
  take_byte_order_mark(begin);
  return in_small_letters(begin.substr(0, banner.size())) == banner;
}

MatrixMarketHeader read_matrix_market_header(std::string_view begin, const std::string& path) {
  MatrixMarketHeader header;
  take_byte_order_mark(begin);
  bool sized = false;
  while (!sized && !begin.empty()) {
    const std::string_view line = take_line(begin);
    ++header.lines;
    try {
      if (header.lines == 1) {
        read_banner(line, header);
      } else if (!line.starts_with('%') && !trimmed(line).empty()) {
        read_sizes(line, header);
        sized = true;
      }
    } catch (const RowError& error) {
      throw error_at(path, header.lines, error.what());
    }
  }
  if (!sized) throw error_at(path, header.lines, "the file ends before its sizes");
  if (header.listed) {
    check_sizes(path, header.rows, header.cols, header.entries);
  } else {
    check_sizes(path, header.rows, header.cols, std::numeric_limits<std::int64_t>::max());
    header.entries = listed_values(header);
  }
  return header;
}

}  // namespace lacuna::data
