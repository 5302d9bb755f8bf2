#pragma once

#include <vector>

#include "kernels/optim/trained_parameter.hpp"
#include "runtime/layers/parameter.hpp"
#include "runtime/optim/l2.hpp"
#include "runtime/optim/optimizer_config.hpp"

namespace lacuna {

/// How a step departs from the configuration.
struct OptimizerStep {
  double rate = 1;           ///< share of the configured learning rate
  double penalty_share = 1;  ///< of the L2 penalty: what a mini-batch has of all rows
  double largest_norm =
      0;  ///< gradients of a larger norm over all parameters shrink to it; 0: none
};

/// Updates a model's parameters from their gradients, all in one kernel call; the penalty's
/// gradient, or decoupled decay, is part of it.
template <class T>
class Optimizer {
 public:
  Optimizer(DeviceContext& context, const OptimizerConfig& config,
            const std::vector<Parameter*>& parameters, const L2Penalty& penalty);
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;

  void step(const OptimizerStep& step = {});

 private:
  void update(const AdamConfig& config, double rate, double gradient_scale);
  void update(const SgdConfig& config, double rate, double gradient_scale);
  void update(const RPropConfig& config, double rate, double gradient_scale);

  DeviceContext& context_;
  OptimizerConfig config_;
  std::vector<Tensor> states_;  // keeps the memory of `views_` alive
  std::vector<TrainedParameter<T>> views_;
  std::vector<double> l2_;  // of each view, for all rows
  std::int64_t steps_ = 0;
};

}  // namespace lacuna
