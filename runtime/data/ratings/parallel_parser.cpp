#include "runtime/data/ratings/parallel_parser.hpp"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <utility>
#include <vector>

#include "runtime/data/file_kind.hpp"
#include "runtime/data/ratings/piece_parser.hpp"
#include "runtime/data/sampled_text.hpp"
#include "runtime/data/text_lines.hpp"

namespace lacuna::data {
namespace {

class ParallelParser {
 public:
  ParallelParser(TextSource& source, const std::string& path, RatingsPart part,
                 const FileFormat& format, RatingMerger& merger)
      : source_(source), layout_(layout_of(source_, path, format)), merger_(merger) {
    merger_.begin_file(path, part, layout_.skipped_lines);
  }

  FileLayout run(int threads) {
#pragma omp parallel num_threads(threads)
    work();
    if (failure_) std::rethrow_exception(failure_);
    merger_.end_file();
    return std::move(layout_);
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
    CodeTranslation translation;
  };

  static FileLayout layout_of(SampledText& source, const std::string& path,
                              const FileFormat& format) {
    std::string_view begin = source.sample();
    check_is_text(begin, path);
    take_byte_order_mark(begin);
    FileLayout layout = find_layout(format, begin, path);
    source.skip_lines(layout.skipped_lines);
    return layout;
  }

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
      } catch (...) {
        failure = std::current_exception();
      }
      last = hand_in(piece, worker, failure);
      source_.release(piece.text);
    }
  }

  void take(Piece& piece, std::vector<char>& storage) {
    const std::lock_guard lock(source_mutex_);
    piece.number = taken_++;
    piece.last = std::exchange(ended_, true);  // and stays so if what follows throws
    if (piece.last) return;
    piece.text = source_.next(storage);
    piece.last = piece.text.empty();
    ended_ = piece.last;
  }

  /// Appends a piece when its turn has come; returns whether the thread is to end.
  bool hand_in(const Piece& piece, Worker& worker, const std::exception_ptr& failure) {
    std::unique_lock lock(merge_mutex_);
    turn_.wait(lock, [&] { return merged_ == piece.number; });
    if (!failure_) failure_ = failure;
    try {
      if (!failure_ && !piece.last) append(piece, worker);
    } catch (...) {
      failure_ = std::current_exception();
    }
    ++merged_;
    turn_.notify_all();
    return piece.last || failure_ != nullptr;
  }

  /// Where the piece before ended within quotes, this one was parsed from the middle of a row.
  void append(const Piece& piece, Worker& worker) {
    std::string& tail = merger_.tail();
    if (tail.empty()) return merger_.append(worker.parser, layout_.row, worker.translation);
    const std::string whole = std::move(tail) + std::string(piece.text);
    worker.parser.parse(whole, layout_.row);
    merger_.append(worker.parser, layout_.row, worker.translation);
  }

  SampledText source_;
  FileLayout layout_;
  std::mutex source_mutex_;  // of the source, taken_ and ended_
  std::int64_t taken_ = 0;
  bool ended_ = false;
  std::mutex merge_mutex_;  // of all below
  std::condition_variable turn_;
  std::int64_t merged_ = 0;
  RatingMerger& merger_;
  std::exception_ptr failure_;
};

}  // namespace

FileLayout parse_text(TextSource& source, const std::string& path, RatingsPart part,
                      const FileFormat& format, int threads, RatingMerger& merger) {
  return ParallelParser(source, path, part, format, merger).run(threads);
}

}  // namespace lacuna::data
