#include "experiments/bench/training_step/training_step.hpp"

#include <cmath>

#include "runtime/error.hpp"
#include "runtime/train/lent_step.hpp"

namespace lacuna::experiments::bench {

std::shared_ptr<const DeviceField> numbers(DeviceContext& context, Shape shape,
                                           const std::vector<float>& values) {
  DenseRows rows;
  rows.value = Tensor::of(context.pool(), DType::f32, std::move(shape), values);
  return std::make_shared<const DeviceField>(rows);
}

TrainingStep::TrainingStep(DeviceContext& context, const StepSetup& setup)
    : context_(context),
      config_(setup.train),
      rows_(setup.rows(context)),
      model_(models::make_model(context, setup.model, setup.facts, net_seed)),
      gradients_(context, model_->parameters()),
      batches_(context, model_->dtype(), rows_, RowOrder(rows_.rows, config_.batch_size, net_seed),
               Gradients::yes, model_->level_coding()),
      clock_(context.pool(), Program::most_terms),
      learner_(model_->learner({.context = context,
                                .config = config_,
                                .batch = batches_.batch(),
                                .clock = clock_,
                                .sync = sync_,
                                .seed = net_seed})) {
  start_epoch();
}

void TrainingStep::start_epoch() {
  batches_.start_epoch(++epoch_);
  learner_->start_epoch(epoch_);
  clock_.clear_sums();
  batch_ = 0;
}

void TrainingStep::run() {
  if (batch_ == batches_.count()) start_epoch();
  const std::int64_t rows = batches_.rows(batch_);
  clock_.prepare(context_.exec(),
                 {.rate = 1,
                  .penalty_share = static_cast<double>(rows) / static_cast<double>(rows_.rows),
                  .batch = batch_,
                  .step = step_});
  const auto put = [this] {
    batches_.put(context_.exec(), clock_.input(), batch_);
    learner_->put_step(clock_.input());
  };
  run_step(context_.exec(), batches_, *learner_, clock_.input(), batch_,
           captured_.try_emplace(rows, context_, put, config_.cuda_graph).first->second);
  if (context_.device() == Device::cpu && clock_.read().clock.stopped != 0) {
    throw NonFiniteError("bench: the loss or a gradient of the step is not finite");
  }
  ++batch_;
  ++step_;
}

void TrainingStep::run_epoch() {
  start_epoch();
  learner_->measure_penalty();
  for (std::int64_t i = 0; i < batches(); ++i) {
    run();
    if (i % 32 == 31) context_.runtime().synchronize();
  }
  const TrainingClock::Reading reading = clock_.read();
  const double mean = reading.sums.at(0).sum / reading.sums.at(0).count;
  if (reading.clock.stopped != 0 || !std::isfinite(mean + learner_->penalty())) {
    throw NonFiniteError("bench: the loss or a gradient of an epoch is not finite");
  }
}

double TrainingStep::loss() const {
  const LossSum sum = clock_.read().sums.at(0);
  return sum.sum / sum.count;
}

}  // namespace lacuna::experiments::bench
