#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "experiments/tasks/rating_prediction/rating_task.hpp"
#include "experiments/tasks/task_kind.hpp"
#include "runtime/metrics/statistics.hpp"

namespace lacuna::experiments {

/// A test pair, predicted from fewer and fewer of its row's ratings.
struct ProbePair {
  std::string user;
  std::string item;
  double actual = 0;         ///< its test rating
  std::vector<double> mean;  ///< prediction by level, mean of the draws
};

/// How a model's predictions move with the number of known ratings, at one epoch.
struct Probe {
  std::string variant;
  int epoch = 0;
  std::vector<std::int64_t> known;        ///< ratings left in, by level, the same of all pairs
  std::vector<ProbePair> pairs;           ///< each of another row; pictures show the first
  std::vector<std::vector<float>> draws;  ///< of the first pair, by level

  /// By level, over the pairs.
  std::vector<double> mean() const;
};

/// The least-squares slope of a pair's prediction per ln(known), from the second level on: what one
/// rating alone makes of it is of another kind. NaN where there are fewer than two such levels.
double slope(const std::vector<std::int64_t>& known, const std::vector<double>& prediction);

/// Over the pairs.
metrics::Interval slope(const Probe& probe);

/// Figure 1, second and third row, of *Why Not to Use Zero Imputation?*, of many pairs: random test
/// pairs, no two of one row, of the tenth of the rows that have the most training ratings (more of
/// them where the tenth is fewer than `pairs`, but no more than half), are predicted from random
/// subsets of these, from one rating to as many as each of these rows has. Predictions are taken as
/// the model makes them, not held to a range, which would hide how they move. Pairs and subsets
/// depend on the data only, so that variants and epochs can be compared. Nothing where `evaluate`
/// has no probe, or no test pair has training ratings in both its row and its column.
std::optional<Probe> probe(DeviceContext& context, Model& model, const RatingTask& task,
                           const Moment& moment);

/// What the probes say, for people and as JSON: each variant's mean slope by epoch.
Finding slopes_of(const std::vector<Probe>& probes);

/// Writes probe.csv, probe_draws.csv and, through gnuplot, probe.png (a panel per variant, at its
/// last epoch) into `folder`; returns the picture's path. Throws IoError; the CSVs are there even
/// where gnuplot is not.
std::filesystem::path write_probes(const std::filesystem::path& folder,
                                   const std::vector<Probe>& probes);

/// What write_probes() left in `folder`; none where it left nothing, or an older version, which
/// looked at one pair, did. IoError that names the line where a file is damaged.
std::vector<Probe> read_probes(const std::filesystem::path& folder);

/// Of each variant the last: the one at its best epoch.
std::vector<Probe> at_best(const std::vector<Probe>& probes);

}  // namespace lacuna::experiments
