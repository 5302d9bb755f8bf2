#include "runtime/data/images/amat_file.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>

#include "runtime/data/row_fields.hpp"
#include "runtime/data/text_lines.hpp"

namespace lacuna::data {
namespace {

const RowFormat format{.blanks = true};

class Rows {
 public:
  void add(std::string_view line) {
    if (!add_digits(line)) add_numbers(line);
    ++array_.rows;
  }
  AmatArray take() { return std::move(array_); }

 private:
  /// As published: digits with one blank or tab between them. All of a line is looked at before
  /// anything is decided, so that the loop has no branches; what it wrote is taken back.
  bool add_digits(std::string_view line) {
    const auto columns = static_cast<std::size_t>(array_.columns);
    if (columns == 0 || line.size() != 2 * columns - 1) return false;
    const std::size_t begin = array_.values.size();
    array_.values.resize(begin + columns);
    std::uint8_t* to = array_.values.data() + begin;
    unsigned wrong = 0;
    for (std::size_t c = 0; c < columns; ++c) {
      to[c] = static_cast<std::uint8_t>(line[2 * c] - '0');
      wrong |= to[c] & ~1U;
    }
    for (std::size_t c = 1; c < columns; ++c) {
      const char between = line[2 * c - 1];
      wrong |= static_cast<unsigned>(between != ' ') & static_cast<unsigned>(between != '\t');
    }
    if (wrong != 0) array_.values.resize(begin);
    return wrong == 0;
  }

  /// In any spelling, with any blanks.
  void add_numbers(std::string_view line) {
    const std::size_t count =
        for_each_field(line, format, [&](std::size_t c, std::string_view text) {
          const std::optional<float> number = to_number(text);
          if (number != 0.F && number != 1.F) throw neither(c, text);
          array_.values.push_back(static_cast<std::uint8_t>(*number));
        });
    if (array_.rows == 0) array_.columns = static_cast<std::int64_t>(count);
    if (static_cast<std::int64_t>(count) == array_.columns) return;
    throw RowError(fmt::format("{} columns, where the lines before have {}: complete the line, or "
                               "fetch the file again",
                               count, array_.columns),
                   "");
  }

  static RowError neither(std::size_t column, std::string_view text) {
    return {fmt::format("column {}: '{}' is neither 0 nor 1: make the rows binary, or save them by "
                        "np.save and set data.type to npy",
                        column + 1, printable(text)),
            ""};
  }

  AmatArray array_;
};

}  // namespace

AmatArray read_amat(const std::string& path, std::uint64_t max_bytes) {
  Rows rows;
  std::string checksum = for_each_line(
      path, [&](std::string_view line, std::int64_t) { rows.add(line); }, max_bytes);
  AmatArray array = rows.take();
  array.checksum = std::move(checksum);
  if (array.rows == 0) throw DataError(path + ": there are no rows in it");
  return array;
}

}  // namespace lacuna::data
