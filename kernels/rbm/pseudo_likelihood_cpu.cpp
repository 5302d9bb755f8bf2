#include "kernels/core/blocked_sum.hpp"
#include "kernels/core/cpu_kernel.hpp"
#include "kernels/rbm/unit_flip.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const PseudoLikelihood<T>& op) {
  const std::int64_t n = op.v.rows;
  const std::int64_t m = op.pre_activation.cols;
  if (n == 0) return;
  const RandomStream stream = at_step(op.stream, *op.step);
#pragma omp parallel for num_threads(team(ctx, 32 * n * m)) schedule(static)
  for (std::int64_t r = 0; r < n; ++r) {
    const UnitFlip<T> flip(op, stream, r);
    const T* a = op.pre_activation.row(r);
    const T* weight = op.weight.row(flip.unit);
    double rises[sum_lanes] = {};
    add_to_lanes(m, rises, [=](std::int64_t j) { return flip.rise(a[j], weight[j]); });
    op.value[r] = flip.value(op, fold_lanes(rises));
  }
}

template struct Kernel<PseudoLikelihood>;

}  // namespace lacuna::cpu
