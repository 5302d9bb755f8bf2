#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "experiments/run/rating_task.hpp"
#include "runtime/config/json.hpp"
#include "runtime/train/trainer.hpp"

namespace lacuna::experiments {

/// One training of one variant with one seed. `test` is absent where the training was interrupted.
struct Outcome {
  std::string variant;
  std::uint64_t seed = 0;
  TrainResult training;
  std::optional<TestError> test;
};

/// Everything a launch found out.
struct Results {
  std::string name;
  std::vector<RatingTask::Baseline> baselines;
  std::vector<Outcome> outcomes;
};

config::Json to_json(const TestError& error);
config::Json to_json(const Outcome& outcome);

/// All outcomes and, for each variant with several seeds, the mean and its 95 % interval.
config::Json to_json(const Results& results);

/// The final table: baselines, then a line per variant; mean and 95 % interval where there are
/// several seeds.
std::string table(const Results& results);

}  // namespace lacuna::experiments
