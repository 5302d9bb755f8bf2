#include "kernels/codes/unit_penalty.hpp"
#include "kernels/core/blocked_sum.hpp"
#include "kernels/core/cpu_kernel.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const UnitPenalty<T>& op) {
  const std::int64_t m = op.h.cols;
  with_unit_term(op.term, [&]<class Term>(Term) {
    op.loss->sum = blocked_row_sum(ctx, op.h.rows, m, [&](std::int64_t r, double* sum) {
      const T* h = op.h.row(r);
      add_to_lanes(m, sum, [=](std::int64_t j) { return static_cast<double>(Term::value(h[j])); });
    });
  });
  op.loss->count = static_cast<double>(op.h.rows);
}

template <class T>
void compute(Here, const ExecContext& ctx, const UnitPenaltyBackward<T>& op) {
  const std::int64_t m = op.h.cols;
  const T share = static_cast<T>(op.scale / static_cast<double>(op.h.rows));
  with_unit_term(op.term, [&]<class Term>(Term) {
#pragma omp parallel for num_threads(team(ctx, op.h.size())) schedule(static)
    for (std::int64_t r = 0; r < op.h.rows; ++r) {
      const T* h = op.h.row(r);
      T* dh = op.dh.row(r);
      if (op.accumulate) {
#pragma omp simd
        for (std::int64_t j = 0; j < m; ++j) dh[j] += share * Term::derivative(h[j]);
      } else {
#pragma omp simd
        for (std::int64_t j = 0; j < m; ++j) dh[j] = share * Term::derivative(h[j]);
      }
    }
  });
}

template struct Kernel<UnitPenalty>;
template struct Kernel<UnitPenaltyBackward>;

}  // namespace lacuna::cpu
