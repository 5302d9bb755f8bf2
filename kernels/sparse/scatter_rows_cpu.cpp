#include <algorithm>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/sparse/scatter_rows.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const ScatterRows<T>& op) {
#pragma omp parallel for num_threads(team(ctx, op.y.size())) schedule(static)
  for (std::int64_t r = 0; r < op.y.rows; ++r) {
    const std::int64_t begin = op.x.row_ptr[r];
    const std::int64_t end = op.x.row_ptr[r + 1];
    const bool by_mask = op.normalization.count_by == CountBy::mask;
    const std::int64_t cells = op.x.cells == nullptr ? end - begin : op.x.cells[r];
    const auto zeros = std::count(op.x.value + begin, op.x.value + end, T(0));
    const T scale = sparsity_scale<T>(op.normalization, by_mask ? cells : end - begin - zeros);
    T* y = op.y.row(r);
    std::fill_n(y, op.y.cols, T(0));
    for (std::int64_t e = begin; e < end; ++e) y[op.x.col[e]] = scale * op.x.value[e];
  }
}

template struct Kernel<ScatterRows>;

}  // namespace lacuna::cpu
