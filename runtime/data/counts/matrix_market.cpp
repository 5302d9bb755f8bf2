#include "runtime/data/counts/matrix_market.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "runtime/data/counts/entry_lines.hpp"
#include "runtime/data/file_kind.hpp"
#include "runtime/data/ordered_pieces.hpp"
#include "runtime/data/text_lines.hpp"

namespace lacuna::data {
namespace {

/// What pieces add up to, in the order of the file.
class Merger {
 public:
  Merger(const std::string& path, const MatrixMarketHeader& header)
      : path_(path), header_(header), lines_(header.lines) {
    matrix_.rows = header.rows;
    matrix_.cols = header.cols;
  }

  void append(EntryLines& piece) {
    if (piece.error) throw error_at(path_, lines_ + piece.lines, *piece.error);
    if (piece.read > header_.entries - read_) {
      throw error_at(path_, header_.lines,
                     fmt::format("the header says {} entries, and more follow", header_.entries));
    }
    if (!header_.listed) place(piece.entries);
    lines_ += piece.lines;
    read_ += piece.read;
    if (header_.symmetric) mirror(piece.entries);
    matrix_.pieces.push_back(std::exchange(piece.entries, {}));
  }

  CountMatrix finish(std::string checksum) {
    if (read_ != header_.entries) {
      throw error_at(path_, lines_,
                     fmt::format("the file ends after {} entries, the header says {}: is it cut "
                                 "off?",
                                 read_, header_.entries));
    }
    matrix_.checksum = std::move(checksum);
    return std::move(matrix_);
  }

 private:
  /// Gives an array's values their places: column by column, of a symmetric one from the diagonal.
  void place(CountEntries& values) {
    CountEntries kept;
    for (const float value : values.value) {
      if (value != 0) kept.add(next_row_, next_col_, value);
      if (++next_row_ < header_.rows) continue;
      ++next_col_;
      next_row_ = header_.symmetric ? next_col_ : 0;
    }
    values = std::move(kept);
  }

  static void mirror(CountEntries& entries) {
    const std::size_t listed = entries.size();
    for (std::size_t e = 0; e < listed; ++e) {
      if (entries.row[e] != entries.col[e]) {
        entries.add(entries.col[e], entries.row[e], entries.value[e]);
      }
    }
  }

  const std::string& path_;
  const MatrixMarketHeader& header_;
  std::int64_t lines_;
  std::int64_t read_ = 0;
  std::int64_t next_row_ = 0;  // of an array
  std::int64_t next_col_ = 0;
  CountMatrix matrix_;
};

}  // namespace

CountMatrix read_matrix_market(SampledText& text, std::string_view begin, const std::string& path,
                               int threads) {
  const MatrixMarketHeader header = read_matrix_market_header(begin, path);
  text.skip_lines(header.lines);
  Merger merger(path, header);
  for_each_piece<EntryLines>(
      text, threads,
      [&](EntryLines& worker, std::string_view piece) { worker.parse(piece, header); },
      [&](EntryLines& worker, std::string_view) { merger.append(worker); });
  return merger.finish(text.checksum());
}

}  // namespace lacuna::data
