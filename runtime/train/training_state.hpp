#pragma once

#include <optional>
#include <string>

#include "runtime/config/fields.hpp"
#include "runtime/config/json.hpp"

namespace lacuna {

/// Where a training stands between two steps, besides its tensors.
struct TrainingState {
  int epochs = 0;          ///< completed
  std::int64_t batch = 0;  ///< the next one of the epoch under way
  std::int64_t step = 0;   ///< steps taken
  double loss_sum = 0;     ///< of the epoch under way
  double penalty = 0;      ///< when it began
  int best_epoch = 0;      ///< 0: none yet
  std::string metric;      ///< that chose it
  std::optional<double> best_validation;
  std::optional<double> best_watched;  ///< as in Validation
  int last_progress = 0;               ///< epoch
  int stagnant = 0;                    ///< Schedule::Plateau
  double plateau_rate = 1;

  void check() const;
  template <class V>
  static void fields(V& v) {
    using S = TrainingState;
    v(&S::epochs, "epochs", config::Rule(config::required), "completed");
    v(&S::batch, "batch", config::at_least(0), "the next one of the epoch under way");
    v(&S::step, "step", config::at_least(0), "steps taken");
    v(&S::loss_sum, "loss_sum", "of the epoch under way");
    v(&S::penalty, "penalty", "when that epoch began");
    v(&S::best_epoch, "best_epoch", config::at_least(0), "0: none yet");
    v(&S::metric, "metric", "that chose the best epoch; empty: none yet");
    v(&S::best_validation, "best_validation", "the metric on validation data, of the best epoch");
    v(&S::best_watched, "best_watched", "the best of what patience watches");
    v(&S::last_progress, "last_progress", config::at_least(0), "the epoch patience counts from");
    v(&S::stagnant, "stagnant", config::at_least(0), "epochs, for the plateau schedule");
    v(&S::plateau_rate, "plateau_rate", config::at_least(0), "of the plateau schedule");
  }
};

/// The state that a checkpoint holds, whose keys older versions named after RMSE. Throws
/// ConfigError where it is something else.
TrainingState read_training_state(const config::Json& state);

}  // namespace lacuna
