#pragma once

#include <algorithm>
#include <cmath>

#include "kernels/case_data.hpp"
#include "kernels/rbm/free_energy.hpp"

/// What the cases of RBMs share: inputs, and a free energy in double.
namespace lacuna {

/// Bits of the mode of free energies; the last two are of their gap only.
enum FreeEnergyMode : int {
  binary_units = 0,
  gaussian_units = 1,  ///< the visible ones
  value_only = 2,      ///< no gradient is wanted
  longer_model = 4,    ///< more rows of the model than of data
  all_gap_bits = gaussian_units | value_only | longer_model,
};

inline VisibleUnits units_of(const CaseShape& s) {
  return (s.mode & gaussian_units) != 0 ? VisibleUnits::gaussian : VisibleUnits::binary;
}

/// Zeros and ones, or numbers in (-2, 2).
template <class T>
std::vector<T> visible_values(std::int64_t count, std::uint64_t seed, std::uint32_t purpose,
                              VisibleUnits units) {
  std::vector<T> v = random_values<T>(count, seed, purpose);
  for (T& x : v) {
    x = units == VisibleUnits::gaussian ? T(2) * x : static_cast<T>(x > T(-0.2) ? 1 : 0);
  }
  return v;
}

/// Numbers in (-4, 4).
template <class T>
std::vector<T> pre_activations(std::int64_t count, std::uint64_t seed, std::uint32_t purpose) {
  std::vector<T> a = random_values<T>(count, seed, purpose);
  for (T& x : a) x *= T(4);
  return a;
}

inline double exact_softplus(double x) {
  return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
}

/// Of one row.
template <class T>
double exact_free_energy(const T* v, const T* bias, std::int64_t d, const T* a, std::int64_t m,
                         VisibleUnits units) {
  double energy = 0;
  for (std::int64_t i = 0; i < d; ++i) {
    const double value = static_cast<double>(v[i]);
    const double b = static_cast<double>(bias[i]);
    energy += units == VisibleUnits::gaussian ? (value - b) * (value - b) / 2 : -value * b;
  }
  for (std::int64_t j = 0; j < m; ++j) energy -= exact_softplus(static_cast<double>(a[j]));
  return energy;
}

}  // namespace lacuna
