#pragma once

#include <variant>

#include "runtime/optim/adam_optimizer.hpp"
#include "runtime/optim/l2.hpp"

namespace lacuna {

struct TrainConfig {
  int epochs = 500;
  int patience = 50;
  std::variant<AdamConfig> optimizer;
  L2Config l2;

  template <class V>
  static void fields(V& v) {
    v(&TrainConfig::epochs, "epochs", config::range(1, 1e9), "passes over the training ratings");
    v(&TrainConfig::patience, "patience", config::range(0, 1e9),
      "stop after so many epochs without a better validation RMSE; 0: never");
    v(&TrainConfig::optimizer, "optimizer", "full batch, one step an epoch");
    v(&TrainConfig::l2, "l2", "penalty on weights, part of the loss");
  }
};

}  // namespace lacuna
