#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/id_index.hpp"
#include "runtime/data/ratings/rating_row.hpp"

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

}  // namespace lacuna::data
