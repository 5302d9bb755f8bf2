#include "runtime/data/ratings/parallel_parser.hpp"

#include <fmt/format.h>

#include <condition_variable>
#include <exception>
#include <mutex>
#include <utility>
#include <vector>

#include "runtime/data/ratings/piece_parser.hpp"
#include "runtime/data/text_lines.hpp"

namespace lacuna::data {
namespace {

/// The ratings of the pieces so far. Pieces come in the order of the file, each from one of several
/// parsers with indices of their own.
class Merger {
 public:
  explicit Merger(const std::string& path) : path_(path) {}

  /// How one parser's indices translate into the file's.
  struct Translation {
    std::vector<std::int32_t> user;
    std::vector<std::int32_t> item;
  };

  void skip_line() {
    ++lines_;
    ++out_.first_line;
  }

  void append(const PieceParser& piece, Translation& translation) {
    if (blank_line_ != 0 && piece.has_rows()) {
      throw error_at(path_, blank_line_, blank_line_error().what());
    }
    if (piece.error) throw error_at(path_, lines_ + piece.error_line, *piece.error);
    if (blank_line_ == 0 && piece.blank_line != 0) blank_line_ = lines_ + piece.blank_line;
    lines_ += piece.lines;
    translate(piece.users, piece.user, translation.user, out_.users, out_.user);
    translate(piece.items, piece.item, translation.item, out_.items, out_.item);
    out_.value.insert(out_.value.end(), piece.value.begin(), piece.value.end());
    if (static_cast<double>(out_.value.size()) > max_ratings) {
      throw DataError(fmt::format("{} holds more than {} ratings: take a part of the data", path_,
                                  max_ratings));
    }
  }

  ParsedRatings finish(std::string checksum) {
    if (lines_ == 0) {
      throw DataError(path_ + " is empty: fetch it again, or name another file");
    }
    if (out_.value.empty()) throw DataError(path_ + " holds no ratings: name another file");
    out_.checksum = std::move(checksum);
    return std::move(out_);
  }

 private:
  /// The piece's new ids stand in the order of their appearance, so the file's do as well.
  static void translate(const IdIndex& own, const std::vector<std::int32_t>& from,
                        std::vector<std::int32_t>& number, IdIndex& ids,
                        std::vector<std::int32_t>& to) {
    while (number.size() < own.ids().size()) number.push_back(ids(own.ids()[number.size()]));
    const std::size_t begin = to.size();
    to.resize(begin + from.size());
    for (std::size_t i = 0; i < from.size(); ++i) {
      to[begin + i] = number[static_cast<std::size_t>(from[i])];
    }
  }

  const std::string& path_;
  ParsedRatings out_;
  std::int64_t lines_ = 0;
  std::int64_t blank_line_ = 0;  // the first of the file
};

class ParallelParser {
 public:
  ParallelParser(TextSource& source, const std::string& path,
                 const std::function<FileLayout(std::string_view)>& layout_of)
      : source_(source), path_(path), layout_of_(layout_of), merger_(path) {}

  ParsedRatings run(int threads) {
#pragma omp parallel num_threads(threads)
    work();
    if (failure_) std::rethrow_exception(failure_);
    return merger_.finish(source_.checksum());
  }

 private:
  struct Piece {
    std::int64_t number = 0;
    std::string_view text;
    bool last = false;  ///< behind the file's end: there is no text
  };

  /// Of one thread, from piece to piece.
  struct Worker {
    std::vector<char> storage;
    PieceParser parser;
    Merger::Translation translation;
  };

  /// No exception may leave a parallel region: what fails waits for its turn, so that the error
  /// that counts is the first of the file.
  void work() noexcept {
    Worker worker;
    for (bool last = false; !last;) {
      Piece piece;
      std::exception_ptr failure;
      try {
        take(piece, worker.storage);
        worker.parser.parse(piece.text, layout_.row);
        source_.release(piece.text);
      } catch (...) {
        failure = std::current_exception();
      }
      last = hand_in(piece, worker, failure);
    }
  }

  void take(Piece& piece, std::vector<char>& storage) {
    const std::lock_guard lock(source_mutex_);
    piece.number = taken_++;
    piece.last = std::exchange(ended_, true);  // and stays so if what follows throws
    if (piece.last) return;
    piece.text = source_.next(storage);
    piece.last = piece.text.empty();
    if (piece.number == 0) begin(piece.text);
    ended_ = piece.last;
  }

  /// Reads what the first line tells.
  void begin(std::string_view& text) {
    take_byte_order_mark(text);
    if (text.empty()) return;
    std::string_view rest = text;
    try {
      layout_ = layout_of_(take_line(rest));
    } catch (const RowError& error) {
      throw error_at(path_, 1, error.what());
    }
    if (!layout_.header) return;
    text = rest;
    merger_.skip_line();
  }

  /// Appends a piece when its turn has come; returns whether the thread is to end.
  bool hand_in(const Piece& piece, Worker& worker, const std::exception_ptr& failure) {
    std::unique_lock lock(merge_mutex_);
    turn_.wait(lock, [&] { return merged_ == piece.number; });
    if (!failure_) failure_ = failure;
    try {
      if (!failure_ && !piece.last) merger_.append(worker.parser, worker.translation);
    } catch (...) {
      failure_ = std::current_exception();
    }
    ++merged_;
    turn_.notify_all();
    return piece.last || failure_ != nullptr;
  }

  TextSource& source_;
  const std::string& path_;
  const std::function<FileLayout(std::string_view)>& layout_of_;
  std::mutex source_mutex_;  // of the source, taken_, ended_, and layout_ until piece 0 is taken
  std::int64_t taken_ = 0;
  bool ended_ = false;
  FileLayout layout_;
  std::mutex merge_mutex_;  // of all below
  std::condition_variable turn_;
  std::int64_t merged_ = 0;
  Merger merger_;
  std::exception_ptr failure_;
};

}  // namespace

ParsedRatings parse_text(TextSource& source, const std::string& path, int threads,
                         const std::function<FileLayout(std::string_view)>& layout_of) {
  return ParallelParser(source, path, layout_of).run(threads);
}

}  // namespace lacuna::data
