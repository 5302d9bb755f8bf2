#include <algorithm>
#include <cmath>

#include "kernels/core/blocked_sum.hpp"
#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/optim/gate_rule.hpp"

namespace lacuna::cpu {

namespace {

/// Whether all are finite. 0 times anything else is NaN, and so is a sum with one.
template <class T>
bool are_finite(const T* x, std::int64_t begin, std::int64_t end) {
  T sum = 0;
#pragma omp simd reduction(+ : sum)
  for (std::int64_t i = begin; i < end; ++i) sum += T(0) * x[i];
  return sum == T(0);
}

/// The place of the first parameter whose gradient is not finite, or -1.
template <class T>
std::int64_t first_not_finite(const ExecContext& ctx, const GateStep<T>& op) {
  const auto count = static_cast<std::int64_t>(op.parameters.size());
  std::int64_t size = 0;
  for (const TrainedParameter<T>& p : op.parameters) size += p.size;
  std::int64_t first = count;
#pragma omp parallel num_threads(team(ctx, size / 4)) reduction(min : first)
  for (std::int64_t i = 0; i < count; ++i) {
    const TrainedParameter<T>& p = op.parameters[static_cast<std::size_t>(i)];
    const Blocks blocks{p.size, 16384};
#pragma omp for schedule(static) nowait
    for (std::int64_t block = 0; block < blocks.count(); ++block) {
      if (!are_finite(p.gradient, blocks.begin(block), blocks.end(block))) {
        first = std::min(first, i);
      }
    }
  }
  return first == count ? -1 : first;
}

template <class T>
double squares_of(const ExecContext& ctx, const GateStep<T>& op) {
  double squares = 0;
  for (const TrainedParameter<T>& p : op.parameters) {
    const T l2 = penalty_of(p, *op.clock);
    squares += blocked_sum(ctx, p.size, [&p, l2](std::int64_t i) {
      const double g = static_cast<double>(total_gradient(T(1), l2, p.value[i], p.gradient[i]));
      return g * g;
    });
  }
  return squares;
}

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const GateStep<T>& op) {
  if (op.largest > 0) {
    const double squares = squares_of(ctx, op);
    if (std::isfinite(squares)) return take_step(op, -1, squares);  // so is every gradient
    return take_step(op, first_not_finite(ctx, op), squares);
  }
  take_step(op, first_not_finite(ctx, op), 0);
}

template struct Kernel<GateStep>;

}  // namespace lacuna::cpu
