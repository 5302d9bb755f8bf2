#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/data/ratings/parse_ratings.hpp"
#include "runtime/data/ratings/piece_parser.hpp"

namespace lacuna::data {

/// How one parser's codes translate into the files'; unknown until one is met.
struct CodeTranslation {
  struct Column {
    std::vector<std::int32_t> numbers;
    std::vector<std::int32_t> texts;
  };
  Column users;
  Column items;
};

/// The ratings of the pieces so far. Pieces come in the order of the files, each from one of
/// several parsers with codes of their own. Throws DataError for what a piece says is wrong.
class RatingMerger {
 public:
  /// The pieces that follow are of this file, below its first `skipped` lines.
  void begin_file(const std::string& path, RatingsPart part, std::int64_t skipped);

  void append(const PieceParser& piece, const RowLayout& layout, CodeTranslation& translation);

  /// The first lines of a row that the last piece did not end.
  std::string& tail() { return tail_; }

  /// Ends a file; throws where it stopped within quotes.
  void end_file();

  /// Ends the files of a setting, `path`; throws where they hold no ratings.
  void end_files(const std::string& path);

  /// The whole.
  ParsedRatings finish(std::string checksum);

  void note(std::string text) { out_.notes.push_back(std::move(text)); }

 private:
  void append_marks(const PieceParser& piece);
  void append_users(const PieceParser& piece, const RowLayout& layout,
                    CodeTranslation& translation);
  void append_items(const PieceParser& piece, CodeTranslation& translation);

  ParsedRatings out_;
  RatingsPart part_ = RatingsPart::train;
  bool parts_differ_ = false;
  std::int64_t lines_ = 0;                   // of the file
  std::int64_t rows_ = 0;                    // of the file
  std::int64_t blank_line_ = 0;              // the first of the file
  std::optional<std::uint64_t> block_item_;  // of blocks: the item that goes on
  std::string tail_;
  std::size_t ended_ratings_ = 0;    // of the settings before
  std::int64_t ended_left_out_ = 0;  // of the settings before
};

}  // namespace lacuna::data
