#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/id_index.hpp"
#include "runtime/data/ratings/row_fields.hpp"

namespace lacuna::data {

/// Parses one piece of a file after the other. Its indices are its own and stay from piece to
/// piece.
class PieceParser {
 public:
  /// Fills the members below anew from whole lines, up to the first bad row.
  void parse(std::string_view text, const RowLayout& layout);

  /// Whether there is a line that is not blank.
  bool has_rows() const { return error.has_value() || !value.empty(); }

  IdIndex users;  ///< of all pieces so far
  IdIndex items;
  std::vector<std::int32_t> user;
  std::vector<std::int32_t> item;
  std::vector<float> value;
  std::int64_t lines = 0;
  std::int64_t blank_line = 0;  ///< number of the first blank line, from 1; 0: there is none
  std::optional<std::string> error;
  std::int64_t error_line = 0;  ///< from 1

 private:
  void parse_line(std::string_view line, const RowLayout& layout);
};

/// What is wrong with a blank line that rows follow on.
RowError blank_line_error();

/// Takes the first line off `text`; returns it without its line end.
inline std::string_view take_line(std::string_view& text) {
  const std::size_t newline = text.find('\n');
  std::string_view line = text.substr(0, newline);
  text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace lacuna::data
