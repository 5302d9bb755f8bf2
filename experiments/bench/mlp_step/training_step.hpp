#pragma once

#include <map>
#include <memory>

#include "experiments/bench/mlp_step/setting.hpp"
#include "runtime/train/batches.hpp"
#include "runtime/train/captured_step.hpp"

namespace lacuna::experiments::bench {

/// Rows of standard normal numbers, and classes or numbers that a plane through them tells.
DeviceRows rows_of(DeviceContext& context, const NetShape& shape);

/// A step as the Trainer drives it: the batch is gathered, then come forward, backward, the check
/// that loss and gradients are finite, Adam. Epochs follow one another.
class TrainingStep {
 public:
  TrainingStep(DeviceContext& context, const NetShape& shape);
  TrainingStep(const TrainingStep&) = delete;  // the learner refers to it
  TrainingStep& operator=(const TrainingStep&) = delete;

  /// Throws NonFiniteError.
  void run();

  /// Mean loss over the steps of the epoch so far; waits for the device.
  double loss() const;

 private:
  void start_epoch();

  DeviceContext& context_;
  TrainConfig config_;
  DeviceRows rows_;
  std::unique_ptr<Model> model_;
  GradientArena gradients_;
  Batches batches_;
  TrainingClock clock_;
  NoSync sync_;
  std::unique_ptr<Learner> learner_;
  std::map<std::int64_t, CapturedStep> captured_;  // by the batch's rows
  int epoch_ = 0;
  std::int64_t batch_ = 0;
  std::int64_t step_ = 0;
};

}  // namespace lacuna::experiments::bench
