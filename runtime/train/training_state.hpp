#pragma once

#include <map>
#include <optional>
#include <string>

#include "runtime/config/fields.hpp"
#include "runtime/config/json.hpp"

namespace lacuna {

/// A loss term's sum and what it is over, of the epoch under way.
struct StoredSum {
  double sum = 0;
  std::optional<double> count;  ///< absent in checkpoints of before there were several terms

  template <class V>
  static void fields(V& v) {
    v(&StoredSum::sum, "sum", "over its steps so far");
    v(&StoredSum::count, "count", config::at_least(0), "of what it is over");
  }
};

/// Where a training stands between two steps, besides its tensors.
struct TrainingState {
  int epochs = 0;          ///< completed
  std::int64_t batch = 0;  ///< the next one of the epoch under way
  std::int64_t step = 0;   ///< steps taken
  std::map<std::string, StoredSum> losses;
  double penalty = 0;  ///< when the epoch began
  int phase = 0;
  int phase_begin = 0;           ///< epochs completed before it
  std::int64_t phase_steps = 0;  ///< steps taken before it
  int best_epoch = 0;            ///< 0: none yet
  std::string metric;            ///< that chooses it
  std::optional<double> best_validation;
  std::optional<double> best_watched;  ///< Validation::watched
  int last_progress = 0;               ///< epoch
  std::optional<double> row_loss;      ///< of the epoch before, without the penalty
  bool settled = false;                ///< it hardly changed: TrainConfig::threshold
  int stagnant = 0;                    ///< Schedule::Plateau
  double plateau_rate = 1;

  void check() const;
  template <class V>
  static void fields(V& v) {
    using S = TrainingState;
    v(&S::epochs, "epochs", config::Rule(config::required), "completed");
    v(&S::batch, "batch", config::at_least(0), "the next one of the epoch under way");
    v(&S::step, "step", config::at_least(0), "steps taken");
    v(&S::losses, "losses", "of the epoch under way");
    v(&S::penalty, "penalty", "when that epoch began");
    v(&S::phase, "phase", config::at_least(0), "of a learner that has several");
    v(&S::phase_begin, "phase_begin", config::at_least(0), "epochs completed before it");
    v(&S::phase_steps, "phase_steps", config::at_least(0), "steps taken before it");
    v(&S::best_epoch, "best_epoch", config::at_least(0), "0: none yet");
    v(&S::metric, "metric", "that chose the best epoch; empty: none yet");
    v(&S::best_validation, "best_validation", "of the best epoch");
    v(&S::best_watched, "best_watched", "best of what patience watches");
    v(&S::last_progress, "last_progress", config::at_least(0), "the epoch patience counts from");
    v(&S::row_loss, "row_loss", "loss of a row in the epoch before");
    v(&S::settled, "settled", "whether it hardly changed");
    v(&S::stagnant, "stagnant", config::at_least(0), "epochs, for the plateau schedule");
    v(&S::plateau_rate, "plateau_rate", config::at_least(0), "of the plateau schedule");
  }
};

config::Json to_json(const TrainingState& state);

/// What to_json() wrote, now or when there was one loss and one metric. Throws ConfigError.
TrainingState read_training_state(const config::Json& json);

}  // namespace lacuna
