#pragma once

#include <cstdint>

#include "kernels/core/elementary.hpp"
#include "kernels/core/philox.hpp"
#include "kernels/rbm/pseudo_likelihood.hpp"

/// The unit that pseudo_likelihood flips in a row, and what that does, for every device.
namespace lacuna {
inline namespace LACUNA_NS {

template <class T>
struct UnitFlip {
  std::int64_t unit;
  T delta;  ///< of the unit's value

  LACUNA_INLINE UnitFlip(const PseudoLikelihood<T>& op, const RandomStream& stream,
                         std::int64_t r) {
    const std::uint64_t word = philox(stream, static_cast<std::uint64_t>(op.first_row + r))[0];
    unit = static_cast<std::int64_t>(word * static_cast<std::uint64_t>(op.v.cols) >> 32);
    delta = T(1) - T(2) * op.v.row(r)[unit];
  }

  /// By how much a hidden unit's softplus rises.
  LACUNA_INLINE double rise(T pre_activation, T weight) const {
    return static_cast<double>(elementary::softplus(pre_activation + delta * weight)) -
           static_cast<double>(elementary::softplus(pre_activation));
  }

  /// The row's value, `rises` being those of all hidden units.
  LACUNA_INLINE T value(const PseudoLikelihood<T>& op, double rises) const {
    const double bias = static_cast<double>(op.visible_bias[unit]);
    const double difference = -static_cast<double>(delta) * bias - rises;
    return static_cast<T>(static_cast<double>(op.v.cols) * elementary::log_sigmoid(difference));
  }
};

}  // namespace LACUNA_NS
}  // namespace lacuna
