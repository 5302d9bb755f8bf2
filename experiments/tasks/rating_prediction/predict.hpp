#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lacuna::experiments {

/// What is to be predicted: the pairs of a file, or the best items that a user has not rated.
struct PredictOptions {
  std::filesystem::path run;           ///< a run's folder, or one of a launch that holds one run
  std::optional<std::string> pairs;    ///< CSV file: user,item; only item beside `ratings`
  std::optional<std::uint64_t> user;   ///< of the data
  std::optional<std::string> ratings;  ///< CSV file: item,rating; a user who is not in the data
  std::optional<std::string> data;     ///< where the ratings are now; absent: where they were
  std::optional<int> top;              ///< how many items; absent: 10
  std::string device = "auto";
  int threads = 0;  ///< 0: all that may be used
};

struct Prediction {
  std::optional<std::uint64_t> user;  ///< absent: the one whose ratings were given
  std::uint64_t item = 0;
  float value = 0;
  bool cold = false;  ///< user or item has no training ratings: value is evaluate.cold's
  std::string title;  ///< UTF-8; empty: not known
};

struct Predictions {
  std::filesystem::path run;  ///< the run's own folder
  /// The pairs in the order of their file, or the best items first and cold ones last.
  std::vector<Prediction> list;
};

/// Predicts as the evaluation does: from training ratings only, held to its range, cold pairs by
/// its policy. Throws ConfigError where the options do not go together, where there are several
/// runs, and for a new user of a model of item vectors; IoError where there is no run; DataError
/// for ratings other than the run's, for unknown ids and damaged files.
Predictions predict(const PredictOptions& options);

}  // namespace lacuna::experiments
