#pragma once

#include <vector>

#include "runtime/config/json.hpp"

namespace lacuna::experiments {

/// The test scores of a launch's or an evaluation's JSON, by run.
inline std::vector<config::Json> test_scores(const config::Json& results) {
  std::vector<config::Json> scores;
  for (const config::Json& run : results.at("runs").as_array()) scores.push_back(run.at("test"));
  return scores;
}

}  // namespace lacuna::experiments
