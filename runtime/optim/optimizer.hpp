#pragma once

#include <vector>

#include "kernels/optim/trained_parameter.hpp"
#include "runtime/layers/parameter.hpp"
#include "runtime/optim/l2.hpp"
#include "runtime/optim/optimizer_config.hpp"

namespace lacuna {

/// Updates a model's parameters from their gradients, all in one kernel call; the penalty's
/// gradient, or decoupled decay, is part of it.
template <class T>
class Optimizer {
 public:
  Optimizer(DeviceContext& context, const OptimizerConfig& config,
            const std::vector<Parameter*>& parameters, const L2Penalty& penalty);
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;

  /// One step at `rate` times the configured learning rate. Where the gradient's norm over all
  /// parameters is above `largest_norm`, the gradient is scaled down to it; 0: it is left as it is.
  void step(double rate = 1, double largest_norm = 0);

 private:
  void update(const AdamConfig& config, double rate, double gradient_scale);
  void update(const SgdConfig& config, double rate, double gradient_scale);
  void update(const RPropConfig& config, double rate, double gradient_scale);

  DeviceContext& context_;
  OptimizerConfig config_;
  std::vector<Tensor> states_;  // keeps the memory of `views_` alive
  std::vector<TrainedParameter<T>> views_;
  std::int64_t steps_ = 0;
};

}  // namespace lacuna
