#pragma once

#include <stdexcept>

#include "runtime/optim/l2.hpp"
#include "runtime/optim/optimizer_config.hpp"
#include "runtime/optim/schedule.hpp"

namespace lacuna {

struct TrainConfig {
  int epochs = 500;
  int patience = 50;
  double threshold = 0;
  int batch_size = 0;
  OptimizerConfig optimizer;
  ScheduleConfig schedule;
  double largest_gradient_norm = 0;
  L2Config l2;
  double weight_average = 0;
  bool cuda_graph = true;

  void check() const {
    if (batch_size > 0 && std::holds_alternative<RPropConfig>(optimizer)) {
      throw std::invalid_argument(
          "rprop compares the gradients of successive steps and needs the full batch: set "
          "batch_size to 0, or take adam or sgd");
    }
    if (threshold > 0 && std::holds_alternative<PlateauSchedule>(schedule)) {
      throw std::invalid_argument(
          "threshold keeps the last epoch, whatever its score: the plateau schedule, which waits "
          "for better ones, has nothing to go by; take another schedule, or patience");
    }
  }

  template <class V>
  static void fields(V& v) {
    v(&TrainConfig::epochs, "epochs", config::range(0, 1e9),
      "passes over the training data; 0: the initial weights are judged and saved");
    v(&TrainConfig::patience, "patience", config::range(0, 1e9),
      "stop after so many epochs in which neither the score that chooses the best epoch nor the "
      "same of predictions that are not held to a range got better; 0: never");
    v(&TrainConfig::threshold, "threshold", config::at_least(0),
      "stop once the loss of a row, without the penalty on weights, differs by no more than this "
      "from the epoch's before; the last epoch is then the one that is kept, whatever its score, "
      "and patience is not asked; 0: never");
    v(&TrainConfig::batch_size, "batch_size", config::range(0, 1e9),
      "rows of a step, dealt out anew in each epoch; 0: all, one step an epoch");
    v(&TrainConfig::optimizer, "optimizer", "how steps are made of gradients");
    v(&TrainConfig::schedule, "schedule", "of the learning rate");
    v(&TrainConfig::largest_gradient_norm, "largest_gradient_norm", config::at_least(0),
      "the gradient is scaled down to this norm over all parameters; 0: never");
    v(&TrainConfig::l2, "l2", "penalty on weights, part of the loss");
    v(&TrainConfig::weight_average, "weight_average", config::range(0, 0.999999),
      "decay of a running (Polyak) average of the weights over steps, which then is what is "
      "judged, "
      "saved and predicted with; 0: the weights themselves are");
    v(&TrainConfig::cuda_graph, "cuda_graph",
      "on a GPU a step is captured once and replayed; false: each kernel is launched anew");
  }
};

}  // namespace lacuna
