#pragma once

#include "experiments/bench/autorec_step/setting.hpp"
#include "runtime/train/batches.hpp"

namespace lacuna::experiments::bench {

/// Loss and gradients of an epoch as the Trainer drives them, without its steps.
class GradientPass {
 public:
  /// `batch_rows` 0: all rows in one batch.
  GradientPass(DeviceContext& context, const RatingTask& task, const StepShape& shape,
               std::int64_t batch_rows);
  GradientPass(const GradientPass&) = delete;  // the program refers to it
  GradientPass& operator=(const GradientPass&) = delete;

  /// Forward and backward of every batch; returns the sum of their losses.
  double run();

  std::vector<Parameter*> parameters() { return model_->parameters(); }

 private:
  DeviceContext& context_;
  std::unique_ptr<Model> model_;
  GradientArena gradients_;
  Batches batches_;
  TrainingClock clock_;
  NoSync sync_;
  Program program_;
  int epoch_ = 0;
};

}  // namespace lacuna::experiments::bench
