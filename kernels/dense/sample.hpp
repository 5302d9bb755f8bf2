#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

#include "kernels/core/op.hpp"
#include "kernels/core/philox.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

// Draws of element (r, c) are functions of (seed, purpose, step, (first_row + r) cols + c) alone:
// the same on every device, for either T and however rows are dealt to processes. The step is read
// on the device, so that a captured step draws anew.

/// y = 1 where u < p, else 0, for u uniform in (0, 1); a NaN p gives NaN. u has 23 bits, centred in
/// their cells: y is 1 with probability p to the nearest 2^-23, never where p <= 0 and always where
/// p >= 1.
template <class T>
struct BernoulliSample {
  static constexpr std::string_view name = "bernoulli_sample";

  MatrixView<const T> p;               ///< [rows, cols]
  RandomStream stream;                 ///< its step is not used
  const std::int64_t* step = nullptr;  ///< [1]: of training, or the draw of an evaluation
  std::int64_t first_row = 0;          ///< the first row's number among all that are drawn
  MatrixView<T> y;                     ///< [rows, cols]; may be p
};

/// y = mean + stddev N(0, 1), by Box and Muller's transform of two such u, rounded to float: at
/// most 5.8 standard deviations from the mean.
template <class T>
struct NormalSample {
  static constexpr std::string_view name = "normal_sample";

  MatrixView<const T> mean;  ///< [rows, cols]
  T stddev = 1;              ///< not negative
  RandomStream stream;
  const std::int64_t* step = nullptr;
  std::int64_t first_row = 0;
  MatrixView<T> y;  ///< [rows, cols]; may be mean
};

template <class T>
void check_sample_shapes(std::string_view name, const MatrixView<const T>& x,
                         const MatrixView<T>& y) {
  if (x.rows == y.rows && x.cols == y.cols) return;
  throw std::invalid_argument(std::string(name) + ": the shapes of its matrices differ");
}

/// Throw UnsupportedDevice where the device has no kernel, and std::invalid_argument where shapes
/// differ or stddev is negative or NaN.
template <class T>
void bernoulli_sample(const ExecContext& ctx, const BernoulliSample<T>& op) {
  check_sample_shapes(op.name, op.p, op.y);
  dispatch(ctx, op);
}
template <class T>
void normal_sample(const ExecContext& ctx, const NormalSample<T>& op) {
  check_sample_shapes(op.name, op.mean, op.y);
  if (!(op.stddev >= T(0))) {
    throw std::invalid_argument("normal_sample: a standard deviation of " +
                                std::to_string(op.stddev));
  }
  dispatch(ctx, op);
}

}  // namespace lacuna
