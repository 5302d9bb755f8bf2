#pragma once

#include <map>
#include <string>
#include <vector>

#include "experiments/experiment.hpp"

/// What an experiment's `sweep` tries.
namespace lacuna::experiments {

using Changes = std::map<std::string, config::Json>;  ///< key.path -> value

/// All that is tried, each set once.
std::vector<Changes> sets_of(const SweepConfig& sweep);

/// The experiment with a set's changes. Throws ConfigError where one does not fit.
Experiment changed(const Experiment& experiment, const Changes& changes);

/// Throws ConfigError where a change of its sweep, which it has, does not fit or is of a key that
/// may not be tried.
void check_sweep(const Experiment& experiment);

/// "train.l2.lambda=100, model.hidden_units=20".
std::string text(const Changes& changes);

}  // namespace lacuna::experiments
