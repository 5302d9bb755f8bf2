#pragma once

#include <stdexcept>

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// The log likelihood of each row of zeros and ones by the logits of its cells, in nats:
///   value[r] = sum_c (x[r, c] z[r, c] - softplus(z[r, c])) + count_term[non-zeros of x[r]]
/// Summed in double.
template <class T>
struct BernoulliLogLikelihood {
  static constexpr std::string_view name = "bernoulli_log_likelihood";

  MatrixView<const T> logits;     ///< [n, d], z
  MatrixView<const T> x;          ///< [n, d]
  const T* count_term = nullptr;  ///< [d + 1]; nullptr: 0
  MatrixView<T> value;            ///< [n, 1]
};

/// Throws UnsupportedDevice where the device has no kernel, and std::invalid_argument where shapes
/// do not fit.
template <class T>
void bernoulli_log_likelihood(const ExecContext& ctx, const BernoulliLogLikelihood<T>& op) {
  if (op.logits.rows != op.x.rows || op.logits.cols != op.x.cols || op.value.rows != op.x.rows) {
    throw std::invalid_argument("bernoulli_log_likelihood: shapes do not fit");
  }
  dispatch(ctx, op);
}

}  // namespace lacuna
