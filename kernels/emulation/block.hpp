#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "kernels/emulation/shared_memory.hpp"
#include "kernels/emulation/vector_types.hpp"
#include "kernels/emulation/warp_operation.hpp"

namespace lacuna::emulation {

/// A kernel with its arguments, and over how many threads it runs.
struct Launch {
  std::string kernel;  ///< its name
  dim3 grid;
  dim3 block;
  std::function<void()> body;  ///< what each thread runs

  /// What all threads come after, and what comes after all of them, for ThreadSanitizer: nothing
  /// orders the blocks of a launch among themselves.
  void* start() const { return const_cast<dim3*>(&grid); }
  void* finish() const { return const_cast<dim3*>(&block); }
};

class Block;
class Engine;

/// One CUDA thread.
struct Lane {
  enum class State : std::uint8_t { runnable, waiting, ended };

  Block* block = nullptr;
  unsigned number = 0;  ///< in the block, x fastest
  uint3 index{};        ///< threadIdx
  State state = State::runnable;
  Request request;           ///< what it waits for, or waited for last
  std::uint64_t result = 0;  ///< of that call

  unsigned in_warp() const { return number % warp_lanes; }
};

/// The lanes of one block and what they wait for. One lane runs at a time: engines say how lanes
/// wait, everything else is decided here.
class Block {
 public:
  Block(const Launch& launch, uint3 index, Engine& engine);
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;

  const Launch& launch() const { return launch_; }
  Engine& engine() const { return engine_; }
  uint3 index() const { return index_; }
  unsigned size() const { return static_cast<unsigned>(lanes_.size()); }
  SharedMemory& shared() { return shared_; }

  std::vector<Lane>& lanes() { return lanes_; }

  /// A lane that can run, fresh ones first; nullptr if all have ended or the block has failed,
  /// which it has if lanes wait for others that will not come.
  Lane* next();

  /// `lane` calls a function that waits for others; true if they had all come, so that it goes on
  /// at once.
  bool arrive(Lane& lane, const Request& request);
  void end(Lane& lane);

  /// Records the first failure; nothing runs after it.
  void fail(const Lane& lane, const std::string& what);
  bool failed() const { return !failure_.empty(); }
  const std::string& failure() const { return failure_; }

  std::string describe(const Lane& lane) const;

 private:
  unsigned first_of_warp(const Lane& lane) const { return lane.number - lane.in_warp(); }
  bool arrive_at_barrier(Lane& lane);
  bool arrive_in_warp(Lane& lane);
  bool acceptable(const Lane& lane);
  void exchange(unsigned first, unsigned mask);
  void explain_stall();
  void let_go(Lane& lane, const Lane& last);
  const Lane* missing_for(const Lane& lane) const;

  const Launch& launch_;
  uint3 index_;
  Engine& engine_;
  std::vector<Lane> lanes_;
  std::vector<unsigned> waiting_;  ///< of each warp, the lanes that wait for others of it
  std::vector<Lane*> runnable_;
  SharedMemory shared_;
  std::size_t started_ = 0;
  std::size_t ended_ = 0;
  std::size_t at_barrier_ = 0;
  const Lane* first_at_barrier_ = nullptr;
  std::string failure_;
};

}  // namespace lacuna::emulation
