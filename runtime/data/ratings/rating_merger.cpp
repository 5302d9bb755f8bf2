#include "runtime/data/ratings/rating_merger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "runtime/data/text_lines.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

constexpr std::int32_t unknown = std::numeric_limits<std::int32_t>::min();

/// The file's codes of one parser's.
class Translator {
 public:
  Translator(const IdColumn& own, CodeTranslation::Column& known, IdColumn& ids)
      : own_(own), known_(known), ids_(ids) {
    known.numbers.resize(own.numbers().ids().size(), unknown);
    known.texts.resize(own.texts().texts().size(), unknown);
  }

  std::int32_t operator()(std::int32_t code) {
    std::int32_t& to = code >= 0 ? known_.numbers[static_cast<std::size_t>(code)]
                                 : known_.texts[static_cast<std::size_t>(~code)];
    if (to == unknown) to = first_met(code);
    return to;
  }

  void append(std::span<const std::int32_t> from, std::vector<std::int32_t>& to) {
    const std::size_t begin = to.size();
    to.resize(begin + from.size());
    for (std::size_t i = 0; i < from.size(); ++i) to[begin + i] = (*this)(from[i]);
  }

 private:
  std::int32_t first_met(std::int32_t code) {
    if (code >= 0) return ids_.number(own_.numbers().ids()[static_cast<std::size_t>(code)]);
    return ids_.text(own_.texts().texts()[static_cast<std::size_t>(~code)]);
  }

  const IdColumn& own_;
  CodeTranslation::Column& known_;
  IdColumn& ids_;
};

}  // namespace

void RatingMerger::begin_file(const std::string& path, RatingsPart part, std::int64_t skipped) {
  out_.files.push_back(path);
  if (part != part_ && !parts_differ_) {
    parts_differ_ = true;
    out_.part.assign(out_.value.size(), part_);
  }
  part_ = part;
  lines_ = skipped;
  rows_ = blank_line_ = 0;
  block_item_.reset();
}

void RatingMerger::append(const PieceParser& piece, const RowLayout& layout,
                          CodeTranslation& translation) {
  const std::string& path = out_.files.back();
  if (blank_line_ != 0 && piece.has_rows()) {
    throw error_at(path, blank_line_, blank_line_error().what());
  }
  if (piece.error) throw error_at(path, lines_ + piece.error_line, *piece.error);
  if (blank_line_ == 0 && piece.blank_line != 0) blank_line_ = lines_ + piece.blank_line;
  append_marks(piece);
  append_users(piece, layout, translation);
  append_items(piece, translation);
  out_.value.insert(out_.value.end(), piece.value.begin(), piece.value.end());
  out_.time.insert(out_.time.end(), piece.time.begin(), piece.time.end());
  if (parts_differ_) out_.part.resize(out_.value.size(), part_);
  out_.missing += piece.missing;
  out_.dropped += piece.dropped;
  lines_ += piece.lines;
  rows_ += piece.rows;
  tail_ = piece.tail;
  if (static_cast<double>(out_.value.size()) > max_ratings) {
    throw DataError(
        fmt::format("{} holds more than {} ratings: take a part of the data", path, max_ratings));
  }
}

void RatingMerger::append_marks(const PieceParser& piece) {
  const auto base = static_cast<std::int64_t>(out_.value.size());
  const std::size_t file = out_.files.size() - 1;
  for (const LineMark& mark : piece.marks) {
    if (mark.entry >= static_cast<std::int64_t>(piece.value.size())) continue;  // it was dropped
    const LineMark here{base + mark.entry, lines_ + mark.line, file};
    if (!out_.marks.empty() && out_.marks.back().file == file &&
        out_.marks.back().line + here.entry - out_.marks.back().entry == here.line) {
      continue;
    }
    out_.marks.push_back(here);
  }
}

void RatingMerger::append_users(const PieceParser& piece, const RowLayout& layout,
                                CodeTranslation& translation) {
  if (layout.kind != RowKind::dense) {
    return Translator(piece.users, translation.users, out_.users).append(piece.user, out_.user);
  }
  for (const std::int32_t row : piece.user) {  // ids are the rows' numbers in the file
    out_.user.push_back(out_.users.number(static_cast<std::uint64_t>(rows_ + row + 1)));
  }
}

void RatingMerger::append_items(const PieceParser& piece, CodeTranslation& translation) {
  const auto carried = static_cast<std::size_t>(piece.carried);
  if (carried > 0) out_.item.insert(out_.item.end(), carried, out_.items.number(*block_item_));
  Translator translator(piece.items, translation.items, out_.items);
  translator.append(std::span(piece.item).subspan(carried), out_.item);
  if (piece.last_item) {  // one without ratings is none of the data
    block_item_ = piece.items.numbers().ids()[static_cast<std::size_t>(*piece.last_item)];
  }
}

void RatingMerger::end_file() {
  if (tail_.empty()) return;
  throw error_at(out_.files.back(), lines_ + 1, open_row_error(tail_).what());
}

void RatingMerger::end_files(const std::string& path) {
  const bool any = out_.value.size() > ended_ratings_;
  const std::int64_t left_out = out_.missing + out_.dropped - ended_left_out_;
  ended_ratings_ = out_.value.size();
  ended_left_out_ += left_out;
  if (any) return;
  if (left_out > 0) {
    throw DataError(
        fmt::format("{}: all of its {} rows are without rating or dropped: look at "
                    "data.rating_column and data.drop_values",
                    path, left_out));
  }
  const bool empty = lines_ == 0 && out_.files.back() == path;
  throw DataError(path + (empty ? " is empty: fetch it again, or name another file"
                                : " holds no ratings: name another file"));
}

ParsedRatings RatingMerger::finish(std::string checksum) {
  out_.checksum = std::move(checksum);
  return std::move(out_);
}

}  // namespace lacuna::data
