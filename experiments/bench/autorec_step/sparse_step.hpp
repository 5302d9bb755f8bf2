#pragma once

#include "experiments/bench/autorec_step/setting.hpp"
#include "experiments/bench/autorec_step/step_end.hpp"
#include "runtime/train/batches.hpp"
#include "runtime/train/model.hpp"

namespace lacuna::experiments::bench {

/// Our side: a full-batch step as the Trainer drives it, on the ratings alone.
class SparseStep {
 public:
  /// Refers to the data.
  SparseStep(DeviceContext& context, const StepData& data, const StepShape& shape)
      : context_(context),
        model_(make_model(context, model_of(shape), data.facts(), step_seed)),
        gradients_(context, model_->parameters()),
        batches_(context, DType::f32, data.rows, RowOrder(data.rows.rows, 0, step_seed)),
        clock_(context.pool(), 1),
        learner_(model_->learner({context, config_, batches_.batch(), clock_, sync_, step_seed})) {}
  SparseStep(const SparseStep&) = delete;  // the learner refers to it
  SparseStep& operator=(const SparseStep&) = delete;

  /// One step; returns the loss before it, with the penalty.
  double run() {
    batches_.start_epoch(++epoch_);
    clock_.clear_sums();
    clock_.prepare(context_.exec(), {.step = epoch_ - 1});
    learner_->measure_penalty();
    batches_.put(context_.exec(), clock_.input(), 0);
    learner_->put_step(clock_.input());
    const TrainingClock::Reading reading = clock_.read();
    const double loss = reading.sums.at(0).sum + learner_->penalty();
    check_step(loss, reading.clock);
    return loss;
  }

  std::vector<Parameter*> parameters() { return model_->parameters(); }

 private:
  DeviceContext& context_;
  TrainConfig config_ = step_config();
  std::unique_ptr<Model> model_;
  GradientArena gradients_;
  Batches batches_;
  TrainingClock clock_;
  NoSync sync_;
  std::unique_ptr<Learner> learner_;
  int epoch_ = 0;
};

/// Bytes one such step moves. Per rating, four rows of `units` floats: the encoder's weights, the
/// decoder's weights (prediction and gradient in one visit), and for the two weight gradients the
/// hidden row and its gradient. Besides, once each: weights, gradients and Adam's two moments. Rows
/// are counted wherever they are read from, so that caches can make it more than memory gives.
inline double step_bytes(std::int64_t ratings, std::int64_t units, std::int64_t parameters) {
  const double rows = 4.0 * static_cast<double>(ratings) * static_cast<double>(units);
  const double state = 4.0 * static_cast<double>(parameters);
  return static_cast<double>(sizeof(float)) * (rows + state);
}

}  // namespace lacuna::experiments::bench
