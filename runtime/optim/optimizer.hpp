#pragma once

#include <vector>

#include "kernels/optim/clock.hpp"
#include "kernels/optim/loss_sum.hpp"
#include "kernels/optim/optimizer_state.hpp"
#include "kernels/optim/trained_parameter.hpp"
#include "runtime/checkpoint/tensor_file.hpp"
#include "runtime/layers/parameter.hpp"
#include "runtime/memory/array.hpp"
#include "runtime/optim/l2.hpp"
#include "runtime/optim/optimizer_config.hpp"

namespace lacuna {

/// The steps so far as the host sees them.
struct StepsTaken {
  std::int64_t step = 0;
  double loss_sum = 0;  ///< of the epoch's steps
  std::int64_t stopped = 0;
  std::int64_t culprit = 0;
};

/// Updates a model's parameters from their gradients, all in one kernel call; the penalty's
/// gradient, or decoupled decay, is part of it. What changes from step to step lies on the device:
/// step() only puts work on its stream, so that it can be captured.
template <class T>
class Optimizer {
 public:
  /// Gradients of a norm above `largest_norm` over all parameters shrink to it; 0: none do.
  Optimizer(DeviceContext& context, const OptimizerConfig& config,
            const std::vector<Parameter*>& parameters, const L2Penalty& penalty,
            double largest_norm = 0);
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;

  /// What the steps from now on are given.
  void prepare(const StepInput& input);
  /// The same on the device.
  const StepInput* input() const { return &clock_.data()->input; }

  /// One step, unless `loss` [1], on the device, or a gradient is not finite; nullptr: no loss to
  /// look at.
  void step(const LossSum* loss = nullptr);

  /// The steps so far; waits for the device.
  StepsTaken state() const;
  /// Begins the sum of losses anew.
  void clear_loss_sum();

  /// What it remembers of each parameter, as "encoder.weight.mean"; shares memory.
  const std::vector<NamedTensor>& memory() const { return memory_; }
  /// Goes on from where another one stood, once memory() has been overwritten with its.
  void go_on(std::int64_t steps, double loss_sum);

 private:
  void update(const AdamConfig& config);
  void update(const SgdConfig& config);
  void update(const RPropConfig& config);

  DeviceContext& context_;
  OptimizerConfig config_;
  double largest_norm_;
  std::vector<NamedTensor> memory_;  // also keeps what `views_` refer to alive
  std::vector<TrainedParameter<T>> views_;
  Array<Clock> clock_;
  Array<OptimizerState> state_;
  Array<LossSum> loss_sum_;
  Array<double> norm_;
};

}  // namespace lacuna
