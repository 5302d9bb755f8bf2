#include "runtime/train/objective.hpp"

#include <algorithm>
#include <vector>

namespace lacuna {

namespace {

constexpr std::int64_t most_rows = 1024;

}  // namespace

Objective::Objective(DeviceContext& context, Model& model, const DeviceRows& rows)
    : context_(context),
      batches_(context, model.dtype(), rows,
               RowOrder::in_place(rows.rows, std::min(most_rows, rows.rows)), Gradients::no),
      clock_(context.pool(), 1),
      program_(context, model.dtype(), batches_.batch(), Gradients::losses_only) {
  model.record_objective(program_);
}

double Objective::value() {
  std::vector<LossSum> sums(program_.losses().size());
  batches_.start_epoch(0);
  for (std::int64_t i = 0; i < batches_.count(); ++i) {
    clock_.prepare(context_.exec(), {.batch = i});
    batches_.put(context_.exec(), clock_.input(), i);
    program_.forward();
    const std::vector<LossSum> piece = program_.loss_sums().to_host();
    for (std::size_t t = 0; t < sums.size(); ++t) {
      sums[t].sum += piece[t].sum;
      sums[t].count += piece[t].count;
    }
  }
  double value = 0;
  for (std::size_t t = 0; t < sums.size(); ++t) {
    const LossTerm& term = program_.losses()[t];
    value += term.weight * (term.told == Told::sum ? sums[t].sum : sums[t].sum / sums[t].count);
  }
  return value;
}

}  // namespace lacuna
