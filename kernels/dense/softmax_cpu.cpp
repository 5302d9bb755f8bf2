#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/dense/softmax.hpp"
#include "kernels/dense/softmax_row.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const Softmax<T>& op) {
  const std::int64_t n = op.x.cols;
#pragma omp parallel for num_threads(team(ctx, 8 * op.x.size())) schedule(static)
  for (std::int64_t r = 0; r < op.x.rows; ++r) {
    const T* x = op.x.row(r);
    T* y = op.y.row(r);
    const T share = T(1) / row_exponentials(x, largest_of(x, n), n, y);
#pragma omp simd
    for (std::int64_t j = 0; j < n; ++j) y[j] *= share;
  }
}

template struct Kernel<Softmax>;

}  // namespace lacuna::cpu
