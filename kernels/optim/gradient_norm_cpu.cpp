#include "kernels/core/blocked_sum.hpp"
#include "kernels/core/cpu_kernel.hpp"
#include "kernels/optim/gradient_norm.hpp"
#include "kernels/optim/update_rules.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const GradientNorm<T>& op) {
  double squares = 0;
  for (const TrainedParameter<T>& p : op.parameters) {
    const T l2 = penalty_of(p, *op.clock);
    squares += blocked_sum(ctx, p.size, [&p, l2](std::int64_t i) {
      const double g = static_cast<double>(total_gradient(T(1), l2, p.value[i], p.gradient[i]));
      return g * g;
    });
  }
  *op.norm = std::sqrt(squares);
  op.state->gradient_scale = clipping_scale(*op.norm, op.largest);
}

template struct Kernel<GradientNorm>;

}  // namespace lacuna::cpu
