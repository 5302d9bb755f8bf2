#include <cmath>

#include "kernels/core/blocked_sum.hpp"
#include "kernels/core/cpu_kernel.hpp"
#include "kernels/optim/gate_rule.hpp"

namespace lacuna::cpu {

namespace {

template <class T>
bool is_finite(const ExecContext& ctx, const TrainedParameter<T>& p) {
  return blocked_sum(ctx, p.size, [x = p.gradient](std::int64_t i) {
           return std::isfinite(x[i]) ? 0.0 : 1.0;
         }) == 0;
}

template <class T>
std::int64_t first_not_finite(const ExecContext& ctx, const GateStep<T>& op) {
  for (std::size_t i = 0; i < op.parameters.size(); ++i) {
    if (!is_finite(ctx, op.parameters[i])) return static_cast<std::int64_t>(i);
  }
  return -1;
}

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const GateStep<T>& op) {
  take_step(op, first_not_finite(ctx, op));
}

template struct Kernel<GateStep>;

}  // namespace lacuna::cpu
