#pragma once

#include <span>
#include <stdexcept>

#include "kernels/core/op.hpp"
#include "kernels/optim/clock.hpp"

namespace lacuna {

/// to = from, unless the clock is stopped: how chains and statistics, which a step proposes on its
/// way, are kept behind the gate of non-finite steps; see gate_step.
template <class T>
struct Commit {
  static constexpr std::string_view name = "commit";

  std::span<const T> from;       ///< [n]
  std::span<T> to;               ///< [n]; apart from `from`
  const Clock* clock = nullptr;  ///< [1]
};

/// Throws UnsupportedDevice where the device has no kernel, and std::invalid_argument where sizes
/// differ.
template <class T>
void commit(const ExecContext& ctx, const Commit<T>& op) {
  if (op.from.size() != op.to.size()) throw std::invalid_argument("commit: the sizes differ");
  dispatch(ctx, op);
}

}  // namespace lacuna
