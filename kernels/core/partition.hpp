#pragma once

#include <algorithm>
#include <cstdint>

#include "kernels/core/exec_context.hpp"

namespace lacuna {

/// Cuts [0, size) into blocks of fixed length. Reductions sum within blocks, then over blocks in
/// order: their bits depend on the block length only, never on the number of threads.
struct Blocks {
  std::int64_t size;
  std::int64_t length;

  std::int64_t count() const { return (size + length - 1) / length; }
  std::int64_t begin(std::int64_t block) const { return block * length; }
  std::int64_t end(std::int64_t block) const { return std::min(size, (block + 1) * length); }
};

/// Threads for work worth `operations` additions: one where waking others would take longer. It
/// changes no bits, as work is cut into blocks that do not depend on it.
inline int team(const ExecContext& ctx, std::int64_t operations) {
  constexpr std::int64_t least = 32768;
  return operations < least ? 1 : ctx.threads;
}

template <class T>
T* reserve(const ExecContext& ctx, std::int64_t count) {
  return static_cast<T*>(ctx.scratch->reserve(static_cast<std::size_t>(count) * sizeof(T)));
}

}  // namespace lacuna
