#pragma once

#include <string_view>
#include <variant>

#include "runtime/config/fields.hpp"

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

struct SgdConfig {
  static constexpr std::string_view tag = "sgd";
  double learning_rate = 1e-3;
  double momentum = 0.9;

  template <class V>
  static void fields(V& v) {
    v(&SgdConfig::learning_rate, "learning_rate", config::Range{0, 1e30, true}, "step size");
    v(&SgdConfig::momentum, "momentum", config::range(0, 0.999999),
      "decay of the velocity; 0: none");
  }
};

struct RMSPropConfig {
  static constexpr std::string_view tag = "rmsprop";
  double learning_rate = 1e-3;
  double decay = 0.99;
  double momentum = 0;
  double epsilon = 1e-8;

  template <class V>
  static void fields(V& v) {
    using S = RMSPropConfig;
    v(&S::learning_rate, "learning_rate", config::Range{0, 1e30, true}, "step size");
    v(&S::decay, "decay", config::range(0, 0.999999), "of the mean squared gradient");
    v(&S::momentum, "momentum", config::range(0, 0.999999), "decay of the velocity; 0: none");
    v(&S::epsilon, "epsilon", config::range(1e-30, 1), "keeps the division finite");
  }
};

struct AdaGradConfig {
  static constexpr std::string_view tag = "adagrad";
  double learning_rate = 1e-2;
  double epsilon = 1e-10;

  template <class V>
  static void fields(V& v) {
    using S = AdaGradConfig;
    v(&S::learning_rate, "learning_rate", config::Range{0, 1e30, true}, "size of the first step");
    v(&S::epsilon, "epsilon", config::range(1e-30, 1), "keeps the division finite");
  }
};

struct RPropConfig {
  static constexpr std::string_view tag = "rprop";
  double learning_rate = 1e-2;
  double increase = 1.2;
  double decrease = 0.5;
  double smallest_step = 1e-6;
  double largest_step = 50;

  template <class V>
  static void fields(V& v) {
    using S = RPropConfig;
    v(&S::learning_rate, "learning_rate", config::Range{0, 1e30, true}, "size of the first step");
    v(&S::increase, "increase", config::range(1, 10),
      "of the step while the gradient keeps its sign");
    v(&S::decrease, "decrease", config::Range{0, 1, true}, "of the step when the sign turns");
    v(&S::smallest_step, "smallest_step", config::Range{0, 1e30, true},
      "steps are not made smaller");
    v(&S::largest_step, "largest_step", config::Range{0, 1e30, true}, "steps are not made larger");
  }
};

/// RProp compares the gradients of successive steps and is therefore for full batches only.
using OptimizerConfig =
    std::variant<AdamConfig, SgdConfig, RMSPropConfig, AdaGradConfig, RPropConfig>;

}  // namespace lacuna
