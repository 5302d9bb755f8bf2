#pragma once

#include <functional>
#include <map>
#include <memory>

#include "models/registry.hpp"
#include "runtime/train/batches.hpp"
#include "runtime/train/captured_step.hpp"

namespace lacuna::experiments::bench {

inline constexpr std::uint64_t net_seed = 1;  ///< of data, weights and order

/// What a training step is of.
struct StepSetup {
  models::ModelConfig model;
  Facts facts;
  TrainConfig train;
  std::function<DeviceRows(DeviceContext&)> rows;
};

/// Rows of numbers as a field.
std::shared_ptr<const DeviceField> numbers(DeviceContext& context, Shape shape,
                                           const std::vector<float>& values);

/// A step as the Trainer drives it: the batch is gathered, then come forward, backward, the check
/// that loss and gradients are finite, the optimiser. Epochs follow one another.
class TrainingStep {
 public:
  TrainingStep(DeviceContext& context, const StepSetup& setup);
  TrainingStep(const TrainingStep&) = delete;  // the learner refers to it
  TrainingStep& operator=(const TrainingStep&) = delete;

  /// Throws NonFiniteError.
  void run();
  /// All steps of an epoch, and what the Trainer waits for: the device every 32 steps, the penalty
  /// before them, the loss and the clock after them. Throws NonFiniteError.
  void run_epoch();

  /// Mean of the first term of the loss over the steps of the epoch so far; waits for the device.
  double loss() const;
  std::int64_t batches() const { return batches_.count(); }

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
