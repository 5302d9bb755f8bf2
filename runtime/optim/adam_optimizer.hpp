#pragma once

#include <string_view>
#include <vector>

#include "kernels/optim/adam.hpp"
#include "runtime/config/fields.hpp"
#include "runtime/layers/parameter.hpp"
#include "runtime/optim/l2.hpp"

namespace lacuna {

struct AdamConfig {
  static constexpr std::string_view tag = "adam";
  double learning_rate = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;

  template <class V>
  static void fields(V& v) {
    v(&AdamConfig::learning_rate, "learning_rate", config::Range{0, 1e30, true}, "step size");
    v(&AdamConfig::beta1, "beta1", config::range(0, 0.999999), "decay of the mean gradient");
    v(&AdamConfig::beta2, "beta2", config::range(0, 0.999999),
      "decay of the mean squared gradient");
    v(&AdamConfig::epsilon, "epsilon", config::range(1e-30, 1), "keeps the division finite");
  }
};

/// Adam over a model's parameters, all in one kernel call; the penalty's gradient is added in it.
template <class T>
class AdamOptimizer {
 public:
  AdamOptimizer(DeviceContext& context, const AdamConfig& config,
                const std::vector<Parameter*>& parameters, const L2Penalty& penalty);

  /// Updates the parameters from their gradients.
  void step();

 private:
  DeviceContext& context_;
  AdamSettings settings_;
  std::vector<Tensor> moments_;  // keeps the state of `views_` alive
  std::vector<AdamParameter<T>> views_;
  std::int64_t steps_ = 0;
};

}  // namespace lacuna
