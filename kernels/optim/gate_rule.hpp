#pragma once

#include <cmath>

#include "kernels/core/device_code.hpp"
#include "kernels/optim/gate_step.hpp"
#include "kernels/optim/update_rules.hpp"

/// What gate_step does on every device, once it is known whose gradient is not finite.
namespace lacuna {
inline namespace LACUNA_NS {

LACUNA_INLINE void stop(Clock& clock, std::int64_t reason, std::int64_t culprit) {
  clock.stopped = reason;
  clock.culprit = culprit;
}

/// `bad`: the first such parameter, by its place in the op's list; -1: there is none. `squares`:
/// the square of the gradient's norm, where it is asked for.
template <class T>
LACUNA_INLINE void take_step(const GateStep<T>& op, std::int64_t bad, double squares) {
  if (op.clock->stopped != 0) return;
  for (std::int64_t i = 0; i < op.n_terms; ++i) {
    if (!std::isfinite(op.terms[i].sum)) return stop(*op.clock, stopped_by_loss, op.first_term + i);
  }
  if (bad >= 0) return stop(*op.clock, stopped_by_gradient, op.first_parameter + bad);
  ++op.state->step;
  op.state->gradient_scale = op.largest > 0 ? clipping_scale(std::sqrt(squares), op.largest) : 1;
  for (std::int64_t i = 0; i < op.n_terms; ++i) {
    op.sums[i].sum += op.terms[i].sum;
    op.sums[i].count += op.terms[i].count;
  }
}

}  // namespace LACUNA_NS
}  // namespace lacuna
