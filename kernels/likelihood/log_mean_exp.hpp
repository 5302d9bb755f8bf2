#pragma once

#include <stdexcept>

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// The log likelihood of each row by an even mixture of models, x those by each of them:
///   y[r] = log(1 / m sum_c exp(x[r, c])) of finite x, NaN for others
template <class T>
struct LogMeanExp {
  static constexpr std::string_view name = "log_mean_exp";

  MatrixView<const T> x;  ///< [n, m], m > 0
  T* y = nullptr;         ///< [n]
};

/// Throws UnsupportedDevice where the device has no kernel, and std::invalid_argument for a mixture
/// of nothing.
template <class T>
void log_mean_exp(const ExecContext& ctx, const LogMeanExp<T>& op) {
  if (op.x.cols < 1) throw std::invalid_argument("log_mean_exp: a mean of no columns");
  dispatch(ctx, op);
}

}  // namespace lacuna
