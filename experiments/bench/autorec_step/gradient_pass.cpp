#include "experiments/bench/autorec_step/gradient_pass.hpp"

#include "runtime/ops/sparse_ops.hpp"

namespace lacuna::experiments::bench {

GradientPass::GradientPass(DeviceContext& context, const RatingTask& task, const StepShape& shape,
                           std::int64_t batch_rows)
    : context_(context),
      model_(models::make_autorec(context, model_of(shape), task.model_facts(), step_seed)),
      gradients_(context, model_->parameters()),
      batches_(context, DType::f32, task.train(),
               RowOrder(task.train().rows, batch_rows, step_seed)),
      clock_(context.pool(), 1),
      program_(context, DType::f32, batches_.batch()) {
  const Variable code = model_->record(program_, Output::code);
  ops::observed_loss(program_, program_.loss("loss"), batches_.batch().get<SparseField>("target"),
                     code, program_.of(*model_->parameters()[2]),
                     program_.of(*model_->parameters()[3]));
  program_.seal();
}

double GradientPass::run() {
  double loss = 0;
  batches_.start_epoch(++epoch_);
  for (std::int64_t i = 0; i < batches_.count(); ++i) {
    clock_.prepare({.batch = i});
    batches_.put(context_.exec(), clock_.input(), i);
    program_.forward();
    program_.backward(sync_);
    loss += program_.loss_sums().to_host().at(0).sum;
  }
  return loss;
}

}  // namespace lacuna::experiments::bench
