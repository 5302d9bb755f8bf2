#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/data/sampled_text.hpp"

namespace lacuna::data {

/// Threads take a text's pieces in turn, parse them side by side, and hand what they made of them
/// in in the order of the text. `parse(worker, piece)` runs on any thread, `append(worker, piece)`
/// of one piece at a time; a Worker is a thread's own, from piece to piece. Refers to `source`.
template <class Worker, class Parse, class Append>
class OrderedPieces {
 public:
  OrderedPieces(SampledText& source, Parse parse, Append append)
      : source_(source), parse_(std::move(parse)), append_(std::move(append)) {}

  /// Throws what parse() or append() throws of the first piece where one does.
  void run(int threads) {
#pragma omp parallel num_threads(threads)
    work();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  struct Piece {
    std::int64_t number = 0;
    std::string_view text;
    bool last = false;  ///< behind the file's end: there is no text
  };

  /// No exception may leave a parallel region: what fails waits for its turn, so that the error
  /// that counts is the first of the file.
  void work() noexcept {
    std::vector<char> storage;
    Worker worker;
    for (bool last = false; !last;) {
      Piece piece;
      std::exception_ptr failure;
      try {
        take(piece, storage);
        parse_(worker, piece.text);
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
    std::unique_lock lock(append_mutex_);
    turn_.wait(lock, [&] { return appended_ == piece.number; });
    if (!failure_) failure_ = failure;
    try {
      if (!failure_ && !piece.last) append_(worker, piece.text);
    } catch (...) {
      failure_ = std::current_exception();
    }
    ++appended_;
    turn_.notify_all();
    return piece.last || failure_ != nullptr;
  }

  SampledText& source_;
  Parse parse_;
  Append append_;
  std::mutex source_mutex_;  // of the source, taken_ and ended_
  std::int64_t taken_ = 0;
  bool ended_ = false;
  std::mutex append_mutex_;  // of all below
  std::condition_variable turn_;
  std::int64_t appended_ = 0;
  std::exception_ptr failure_;
};

/// OrderedPieces of Workers, from a text's begin to its end.
template <class Worker, class Parse, class Append>
void for_each_piece(SampledText& source, int threads, Parse parse, Append append) {
  OrderedPieces<Worker, Parse, Append>(source, std::move(parse), std::move(append)).run(threads);
}

}  // namespace lacuna::data
