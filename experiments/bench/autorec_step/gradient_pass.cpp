#include "experiments/bench/autorec_step/gradient_pass.hpp"

namespace lacuna::experiments::bench {

GradientPass::GradientPass(DeviceContext& context, const RatingTask& task, const StepShape& shape,
                           std::int64_t batch_rows)
    : model_(context, model_of(shape), task.model_facts(), step_seed),
      batches_(make_batch_source(context, task.train(), batch_rows, step_seed)),
      program_(context, batches_->capacity()) {
  model_.record_loss(program_, batch_);
}

double GradientPass::run() {
  double loss = 0;
  batches_->start_epoch(++epoch_);
  for (std::int64_t i = 0; i < batches_->count(); ++i) {
    const SparseRows<float> rows = batches_->batch(i);
    batch_ = {rows.by_row.rows, rows, rows};
    program_.forward();
    program_.backward();
    loss += program_.loss();
  }
  return loss;
}

}  // namespace lacuna::experiments::bench
