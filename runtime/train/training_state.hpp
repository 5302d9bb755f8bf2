#pragma once

#include <optional>

#include "runtime/config/fields.hpp"

namespace lacuna {

/// Where a training stands between two steps, besides its tensors.
struct TrainingState {
  int epochs = 0;          ///< completed
  std::int64_t batch = 0;  ///< the next one of the epoch under way
  std::int64_t step = 0;   ///< steps taken
  double loss_sum = 0;     ///< of the epoch under way
  double penalty = 0;      ///< when it began
  int best_epoch = 0;      ///< 0: none yet
  std::optional<double> best_validation_rmse;
  std::optional<double> best_raw_rmse;  ///< of predictions before the rule
  int last_progress = 0;                ///< epoch
  int stagnant = 0;                     ///< Schedule::Plateau
  double plateau_rate = 1;

  template <class V>
  static void fields(V& v) {
    using S = TrainingState;
    v(&S::epochs, "epochs", config::Rule(config::required), "completed");
    v(&S::batch, "batch", config::at_least(0), "the next one of the epoch under way");
    v(&S::step, "step", config::at_least(0), "steps taken");
    v(&S::loss_sum, "loss_sum", "of the epoch under way");
    v(&S::penalty, "penalty", "when that epoch began");
    v(&S::best_epoch, "best_epoch", config::at_least(0), "0: none yet");
    v(&S::best_validation_rmse, "best_validation_rmse", "of the best epoch");
    v(&S::best_raw_rmse, "best_raw_rmse", "of predictions that were not clipped");
    v(&S::last_progress, "last_progress", config::at_least(0), "the epoch patience counts from");
    v(&S::stagnant, "stagnant", config::at_least(0), "epochs, for the plateau schedule");
    v(&S::plateau_rate, "plateau_rate", config::at_least(0), "of the plateau schedule");
  }
};

}  // namespace lacuna
