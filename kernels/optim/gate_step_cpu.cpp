#include <algorithm>

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

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const GateStep<T>& op) {
  take_step(op, first_not_finite(ctx, op));
}

template struct Kernel<GateStep>;

}  // namespace lacuna::cpu
