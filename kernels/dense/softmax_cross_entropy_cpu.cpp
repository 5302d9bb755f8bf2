#include <algorithm>

#include "kernels/core/blocked_sum.hpp"
#include "kernels/core/cpu_kernel.hpp"
#include "kernels/dense/label_weight.hpp"
#include "kernels/dense/softmax_cross_entropy.hpp"
#include "kernels/dense/softmax_row.hpp"

namespace lacuna::cpu {

namespace {

/// Writes the row's gradient, where it is wanted, and gives its share of the loss.
template <class T>
double differentiate_row(const SoftmaxCrossEntropy<T>& op, std::int64_t r, double sum_of_weights) {
  const std::int64_t n = op.logits.cols;
  const T weight = label_weight(op, r);
  T* gradient = op.logits_gradient.data == nullptr ? nullptr : op.logits_gradient.row(r);
  if (weight == T(0)) {
    if (gradient != nullptr) std::fill_n(gradient, n, T(0));
    return 0;
  }
  const T* x = op.logits.row(r);
  const T largest = largest_of(x, n);
  const T sum = row_exponentials(x, largest, n, gradient);
  if (gradient != nullptr) {
    const T share = gradient_share(op.scale, weight, sum_of_weights);
    const T factor = share / sum;
#pragma omp simd
    for (std::int64_t j = 0; j < n; ++j) gradient[j] *= factor;
    gradient[op.label[r]] -= share;
  }
  const double below = static_cast<double>(x[op.label[r]]) - static_cast<double>(largest);
  return static_cast<double>(weight) * (elementary::log(static_cast<double>(sum)) - below);
}

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const SoftmaxCrossEntropy<T>& op) {
  const std::int64_t rows = op.logits.rows;
  op.loss->count = blocked_sum(
      ctx, rows, [&](std::int64_t r) { return static_cast<double>(label_weight(op, r)); });
  op.loss->sum = blocked_row_sum(ctx, rows, 8 * op.logits.cols, [&](std::int64_t r, double* lane) {
    lane[0] += differentiate_row(op, r, op.loss->count);
  });
}

template struct Kernel<SoftmaxCrossEntropy>;

}  // namespace lacuna::cpu
