#pragma once

#include <utility>

#include "kernels/core/elementary.hpp"
#include "kernels/rbm/free_energy.hpp"

/// What free energies and their differences are made of, for every device.
namespace lacuna {

/// The rows of one of the two sides of a gap.
template <class T>
struct GapSide {
  MatrixView<const T> v, a;
  MatrixView<T> gradient;
  double in_loss;  ///< what a row's free energy counts
  T in_gradient;   ///< what a row's terms count in a gradient
};

inline namespace LACUNA_NS {

struct BinaryVisible {
  template <class T>
  LACUNA_INLINE static double energy(T v, T bias) {
    return -(static_cast<double>(v) * static_cast<double>(bias));
  }
};

struct GaussianVisible {
  template <class T>
  LACUNA_INLINE static double energy(T v, T bias) {
    const double distance = static_cast<double>(v) - static_cast<double>(bias);
    return 0.5 * distance * distance;
  }
};

/// Calls `f` with the functor of `units`.
template <class F>
auto with_visible(VisibleUnits units, F&& f) {
  if (units == VisibleUnits::gaussian) return std::forward<F>(f)(GaussianVisible{});
  return std::forward<F>(f)(BinaryVisible{});
}

/// Of a hidden unit, summed out.
template <class T>
LACUNA_INLINE double hidden_energy(T pre_activation) {
  return -static_cast<double>(elementary::softplus(pre_activation));
}

template <class T>
LACUNA_INLINE double at_least_one(const MatrixView<T>& rows) {
  return rows.rows > 0 ? static_cast<double>(rows.rows) : 1.0;
}

template <class T>
LACUNA_INLINE GapSide<T> data_side(const FreeEnergyGap<T>& op) {
  return {op.v0, op.a0, op.da0, 1, static_cast<T>(-op.scale / at_least_one(op.v0))};
}

template <class T>
LACUNA_INLINE GapSide<T> model_side(const FreeEnergyGap<T>& op) {
  const double k = at_least_one(op.vk);
  return {op.vk, op.ak, op.dak, -static_cast<double>(op.v0.rows) / k, static_cast<T>(op.scale / k)};
}

}  // namespace LACUNA_NS
}  // namespace lacuna
