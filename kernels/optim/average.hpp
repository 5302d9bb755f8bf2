#pragma once

#include <span>

#include "kernels/core/device_code.hpp"
#include "kernels/core/op.hpp"
#include "kernels/optim/clock.hpp"
#include "kernels/optim/trained_parameter.hpp"

namespace lacuna {

/// The running average of parameters over steps (Polyak and Juditsky, 1992), of all in one call:
///   average += max(1 - decay, 1 / (step + 1)) (value - average),
/// with `step` the steps taken before, by the clock: the plain mean of what it has seen until that
/// is as slow as `decay`. state[0] of a parameter is its average. Nothing changes where the clock
/// is stopped.
template <class T>
struct Average {
  static constexpr std::string_view name = "average";

  double decay = 0;
  const Clock* clock = nullptr;  ///< [1]
  std::span<const TrainedParameter<T>> parameters;
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void average(const ExecContext& ctx, const Average<T>& op) {
  dispatch(ctx, op);
}

inline namespace LACUNA_NS {

/// The share that the newest weights have.
LACUNA_INLINE double newest_share(double decay, std::int64_t step) {
  const double even = 1.0 / static_cast<double>(step + 1);
  return 1 - decay > even ? 1 - decay : even;
}

}  // namespace LACUNA_NS
}  // namespace lacuna
