#include "experiments/bench/autorec_step/gradient_pass.hpp"

#include "runtime/ops/sparse_ops.hpp"

namespace lacuna::experiments::bench {

GradientPass::GradientPass(DeviceContext& context, const StepData& data, const StepShape& shape,
                           std::int64_t batch_rows)
    : context_(context),
      model_(make_model(context, model_of(shape), data.facts(), step_seed)),
      gradients_(context, model_->parameters()),
      batches_(context, DType::f32, data.rows, RowOrder(data.rows.rows, batch_rows, step_seed)),
      clock_(context.pool(), 1),
      program_(context, DType::f32, batches_.batch()) {
  const std::vector<Parameter*> parameters = model_->parameters();
  ops::observed_loss(program_, program_.loss("loss"), batches_.batch().get<SparseField>("target"),
                     model_->record(program_, Output::code), program_.of(*parameters.at(2)),
                     program_.of(*parameters.at(3)));
  program_.seal();
}

double GradientPass::run() {
  double loss = 0;
  batches_.start_epoch(++epoch_);
  for (std::int64_t i = 0; i < batches_.count(); ++i) {
    clock_.prepare(context_.exec(), {.batch = i});
    batches_.put(context_.exec(), clock_.input(), i);
    program_.forward();
    program_.backward(sync_);
    loss += program_.loss_sums().to_host().at(0).sum;
  }
  return loss;
}

}  // namespace lacuna::experiments::bench
