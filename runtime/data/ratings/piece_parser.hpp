#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/ids.hpp"
#include "runtime/data/ratings/json_row.hpp"
#include "runtime/data/ratings/parse_ratings.hpp"
#include "runtime/data/ratings/plain_row.hpp"
#include "runtime/data/ratings/rating_row.hpp"

namespace lacuna::data {

/// Parses one piece of a file after the other. Its codes are its own and stay from piece to piece.
class PieceParser {
 public:
  /// Fills the members below anew from whole lines, up to the first bad row.
  void parse(std::string_view text, const RowLayout& layout);

  /// Whether there is a line that is not blank.
  bool has_rows() const { return error.has_value() || rows > 0 || !tail.empty(); }

  IdColumn users;  ///< of all pieces so far
  IdColumn items;
  std::vector<std::int32_t> user;  ///< of dense rows: the row's number in the piece, from 0
  std::vector<std::int32_t> item;
  std::vector<float> value;
  std::vector<double> time;
  std::vector<LineMark> marks;  ///< lines count from 1, files are not set
  std::int64_t lines = 0;
  std::int64_t rows = 0;
  std::int64_t missing = 0;
  std::int64_t dropped = 0;
  std::int64_t blank_line = 0;  ///< number of the first blank line, from 1; 0: there is none
  std::optional<std::string> error;
  std::int64_t error_line = 0;  ///< from 1
  std::string_view tail;        ///< the begin of a row that goes on in the next piece

  /// Of blocks: how many entries stand before the first one's head, and the last one's item.
  std::int64_t carried = 0;
  std::optional<std::int32_t> last_item;

 private:
  void clear();
  void parse_plain(std::string_view& text, const PlainRows& plain, const RowLayout& layout);
  /// Returns false where the row goes on behind the text.
  bool parse_next(std::string_view& text, const RowLayout& layout);
  RowOutcome parse_one(std::string_view row, const RowLayout& layout, RatingRow& out);
  void keep(std::string_view row, const RowLayout& layout, const RatingRow& rating,
            std::int64_t line);
  void parse_block_row(std::string_view row, const RowLayout& layout);
  void parse_dense_row(std::string_view row, const RowLayout& layout);
  /// Returns false for a value that is dropped.
  bool add(std::int32_t user_code, std::int32_t item_code, float rating, const RowLayout& layout);
  void mark(std::int64_t line);

  JsonRows json_;
};

}  // namespace lacuna::data
