#include "kernels/core/blocked_sum.hpp"
#include "kernels/core/cpu_kernel.hpp"
#include "kernels/likelihood/bernoulli_cell.hpp"
#include "kernels/likelihood/bernoulli_log_likelihood.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const BernoulliLogLikelihood<T>& op) {
  const std::int64_t columns = op.x.cols;
#pragma omp parallel for num_threads(team(ctx, 16 * op.x.size())) schedule(static)
  for (std::int64_t r = 0; r < op.x.rows; ++r) {
    const T* z = op.logits.row(r);
    const T* x = op.x.row(r);
    double sum[sum_lanes] = {};
    add_to_lanes(columns, sum, [=](std::int64_t c) { return bernoulli_log(z[c], x[c]); });
    double value = fold_lanes(sum);
    if (op.count_term != nullptr) {
      std::int64_t count = 0;
      for (std::int64_t c = 0; c < columns; ++c) count += x[c] != T(0) ? 1 : 0;
      value += static_cast<double>(op.count_term[count]);
    }
    *op.value.row(r) = static_cast<T>(value);
  }
}

template struct Kernel<BernoulliLogLikelihood>;

}  // namespace lacuna::cpu
