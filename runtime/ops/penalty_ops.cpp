#include "runtime/ops/penalty_ops.hpp"

#include "kernels/codes/unit_penalty.hpp"

namespace lacuna::ops {

namespace {

template <class T>
void record_unit_penalty(Program& program, const LossTerm& loss, UnitTerm term,
                         const Variable& code) {
  const GradientShare gradient = program.share(code, {.can_add = true});
  program.record(
      "unit_penalty",
      [=](const ExecContext& ctx) {
        unit_penalty<T>(ctx, {.h = code.value<T>(), .term = term, .loss = loss.sums});
      },
      [=](const ExecContext& ctx) {
        unit_penalty_backward<T>(ctx, {.h = code.value<T>(),
                                       .term = term,
                                       .scale = loss.weight,
                                       .accumulate = gradient.adds(),
                                       .dh = gradient.view<T>()});
      });
}

}  // namespace

void unit_penalty(Program& program, const LossTerm& loss, UnitTerm term, const Variable& code) {
  with_dtype(program.dtype(),
             [&]<class T>() { record_unit_penalty<T>(program, loss, term, code); });
}

}  // namespace lacuna::ops
