#include <algorithm>
#include <cmath>

#include "kernels/core/blocked_sum.hpp"
#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/elementary.hpp"
#include "kernels/likelihood/log_mean_exp.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const LogMeanExp<T>& op) {
  const std::int64_t columns = op.x.cols;
#pragma omp parallel for num_threads(team(ctx, 16 * op.x.size())) schedule(static)
  for (std::int64_t r = 0; r < op.x.rows; ++r) {
    const T* x = op.x.row(r);
    const T most = *std::max_element(x, x + columns);
    double sum[sum_lanes] = {};
    add_to_lanes(columns, sum,
                 [=](std::int64_t c) { return static_cast<double>(elementary::exp(x[c] - most)); });
    const double mean = fold_lanes(sum) / static_cast<double>(columns);
    op.y[r] = static_cast<T>(static_cast<double>(most) + std::log(mean));
  }
}

template struct Kernel<LogMeanExp>;

}  // namespace lacuna::cpu
