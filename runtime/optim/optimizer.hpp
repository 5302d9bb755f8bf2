#pragma once

#include <string>
#include <variant>
#include <vector>

#include "kernels/optim/optimizer_state.hpp"
#include "kernels/optim/trained_parameter.hpp"
#include "runtime/checkpoint/tensor_file.hpp"
#include "runtime/layers/parameter.hpp"
#include "runtime/memory/array.hpp"
#include "runtime/optim/l2.hpp"
#include "runtime/optim/optimizer_config.hpp"
#include "runtime/program/program.hpp"
#include "runtime/train/training_clock.hpp"

namespace lacuna {

/// Where the terms of one of several players' losses, and its parameters, begin among all of them.
struct PlayerPlace {
  std::size_t term = 0;
  std::size_t parameter = 0;
};

/// Updates parameters from their gradients, all in one kernel call; the penalty's gradient, or
/// decoupled decay, is part of it. What changes from step to step lies on the device: step() only
/// puts work on its stream, so that it can be captured.
class Optimizer {
 public:
  /// Gradients of a norm above `largest_norm` over all parameters shrink to it; 0: none do.
  Optimizer(DeviceContext& context, const OptimizerConfig& config,
            std::vector<Parameter*> parameters, const L2Penalty& penalty, double largest_norm = 0);
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;

  /// One step, unless a loss of `program`'s last forward(), or a gradient, is not finite; adds the
  /// losses to the clock's sums.
  void step(const TrainingClock& clock, const Program& program, PlayerPlace place = {});
  /// One step without a loss to look at.
  void step(const TrainingClock& clock);

  /// What it remembers of each parameter, as "encoder.weight.mean"; shares memory.
  const std::vector<NamedTensor>& memory() const { return memory_; }
  /// Goes on from where another one stood, once memory() has been overwritten with its.
  void restore(std::int64_t steps);

 private:
  template <class T>
  void step(const TrainingClock& clock, const LossSum* terms, std::size_t count, PlayerPlace place);
  template <class T>
  std::vector<TrainedParameter<T>> views_of(const L2Penalty& penalty);

  DeviceContext& context_;
  OptimizerConfig config_;
  std::vector<Parameter*> parameters_;
  double largest_norm_;
  std::vector<NamedTensor> memory_;  // also keeps what `views_` refer to alive
  std::variant<std::vector<TrainedParameter<float>>, std::vector<TrainedParameter<double>>> views_;
  Array<OptimizerState> state_;
};

}  // namespace lacuna
