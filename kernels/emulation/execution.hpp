#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "kernels/emulation/block.hpp"

namespace lacuna::emulation {

/// A kernel did what CUDA leaves undefined. The text names kernel, block and lane, and what was
/// expected.
struct KernelFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline constexpr unsigned max_block_threads = 1024;

/// How lanes wait: each has a stack of its own.
class Engine {
 public:
  virtual ~Engine() = default;

  /// Runs block.next() again and again, until there is none.
  virtual void run(Block& block) = 0;
  /// Called by the running lane: returns when it is next, and not at all if its block failed.
  virtual void wait(Lane& lane) = 0;
};

enum class EngineKind {
  fibers,  ///< one fiber per lane: fast
  threads  ///< one thread per lane, named after it, for ThreadSanitizer
};

/// nullptr where the build lacks it.
std::unique_ptr<Engine> make_fibers();
std::unique_ptr<Engine> make_threads();

/// What kernels run on from now on; at first LACUNA_EMULATION says so (`fibers` or `threads`).
/// Throws std::runtime_error where the build lacks it.
void select_engine(EngineKind kind);

/// Runs block after block. Throws KernelFailure.
void execute(const Launch& launch);

/// For engines: the calling thread is about to run lanes of `block`.
void enter_block(const Block& block);
/// For engines: the calling thread goes on as `lane`.
void enter_lane(Lane& lane);
/// For engines: runs `lane`, a fresh one, to its end on the current stack.
void run_lane(Lane& lane);

}  // namespace lacuna::emulation
