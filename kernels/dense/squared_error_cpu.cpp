#include "kernels/core/blocked_sum.hpp"
#include "kernels/core/cpu_kernel.hpp"
#include "kernels/dense/squared_error.hpp"
#include "kernels/dense/squared_error_cell.hpp"

namespace lacuna::cpu {

namespace {

/// Sums value(j) over a row in the lanes of `sum`.
template <class Value>
void add_row(std::int64_t n, double* sum, Value value) {
  double lane[sum_lanes] = {};
  std::int64_t j = 0;
  for (; j + sum_lanes <= n; j += sum_lanes) {
#pragma omp simd
    for (std::int64_t k = 0; k < sum_lanes; ++k) lane[k] += value(j + k);
  }
  for (std::int64_t k = 0; j + k < n; ++k) lane[k] += value(j + k);
  for (std::int64_t k = 0; k < sum_lanes; ++k) sum[k] += lane[k];
}

template <class T>
T row_weight(const SquaredError<T>& op, std::int64_t r) {
  return op.row_weight == nullptr ? T(1) : op.row_weight[r];
}

template <class T>
double sum_of_weights(const ExecContext& ctx, const SquaredError<T>& op) {
  const std::int64_t n = op.prediction.cols;
  if (op.observed.data == nullptr) {
    const auto weight = [&](std::int64_t r) { return static_cast<double>(row_weight(op, r)); };
    return static_cast<double>(n) * blocked_sum(ctx, op.prediction.rows, weight);
  }
  return blocked_row_sum(ctx, op.prediction.rows, n, [&](std::int64_t r, double* sum) {
    const T weight = row_weight(op, r);
    const T* observed = op.observed.row(r);
    add_row(n, sum, [=](std::int64_t j) { return static_cast<double>(weight * observed[j]); });
  });
}

/// The loss; what is not given or not wanted is known to the compiler, for the loops' sake.
template <bool masked, bool wanted, class T>
double differentiate(const ExecContext& ctx, const SquaredError<T>& op, T scale) {
  const std::int64_t n = op.prediction.cols;
  return blocked_row_sum(ctx, op.prediction.rows, n, [&](std::int64_t r, double* sum) {
    const T weight = row_weight(op, r);
    const T* prediction = op.prediction.row(r);
    const T* target = op.target.row(r);
    const T* observed = masked ? op.observed.row(r) : nullptr;
    T* gradient = wanted ? op.prediction_gradient.row(r) : nullptr;
    add_row(n, sum, [=](std::int64_t j) {
      const SquaredErrorCell<T> cell(masked ? weight * observed[j] : weight, prediction[j],
                                     target[j]);
      if (wanted) gradient[j] = cell.gradient(scale);
      return cell.loss();
    });
  });
}

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const SquaredError<T>& op) {
  op.loss->count = sum_of_weights(ctx, op);
  const T scale = squared_error_scale<T>(op.scale, op.loss->count);
  const bool wanted = op.prediction_gradient.data != nullptr;
  if (op.observed.data != nullptr) {
    op.loss->sum = wanted ? differentiate<true, true>(ctx, op, scale)
                          : differentiate<true, false>(ctx, op, scale);
  } else {
    op.loss->sum = wanted ? differentiate<false, true>(ctx, op, scale)
                          : differentiate<false, false>(ctx, op, scale);
  }
}

template struct Kernel<SquaredError>;

}  // namespace lacuna::cpu
