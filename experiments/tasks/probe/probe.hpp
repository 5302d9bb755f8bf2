#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiments/tasks/probe/probe_config.hpp"
#include "experiments/tasks/task_kind.hpp"
#include "runtime/data/csr_arrays.hpp"
#include "runtime/metrics/statistics.hpp"

namespace lacuna::experiments {

/// What a task calls the two sides of its matrix and what stands in it: "user", "item", "rating".
struct ProbeWords {
  std::string_view first;
  std::string_view second;
  std::string_view value;
};

/// A test pair, predicted from fewer and fewer of its row's known values.
struct ProbePair {
  std::string first;
  std::string second;
  double actual = 0;         ///< its test value
  std::vector<double> mean;  ///< prediction by level, mean of the draws
};

/// How a model's predictions move with the number of known values, at one epoch.
struct Probe {
  std::string variant;
  int epoch = 0;
  std::vector<std::int64_t> known;        ///< values left in, by level, the same of all pairs
  std::vector<ProbePair> pairs;           ///< each of another row; pictures show the first
  std::vector<std::vector<float>> draws;  ///< of the first pair, by level

  /// By level, over the pairs.
  std::vector<double> mean() const;
};

/// The least-squares slope of a pair's prediction per ln(known), from the second level on: what one
/// value alone makes of it is of another kind. NaN where there are fewer than two such levels.
double slope(const std::vector<std::int64_t>& known, const std::vector<double>& prediction);

/// Over the pairs.
metrics::Interval slope(const Probe& probe);

/// Where a probe looks.
struct ProbedData {
  const data::CsrArrays& train;  ///< in the unit of predictions that are told
  const data::CsrArrays& test;
  /// What a pair of row and column is called, the first side first.
  std::function<std::pair<std::string, std::string>(std::int64_t row, std::int64_t col)> names;
  /// Of values, what a model sees of them; empty: the same.
  std::function<data::CsrArrays(const data::CsrArrays&)> to_numbers = {};
  std::function<void(std::span<float>)> to_values = {};  ///< of its outputs, likewise
};

/// Figure 1, second and third row, of *Why Not to Use Zero Imputation?*, of many pairs: random test
/// pairs, no two of one row, of the tenth of the rows that have the most training values (more of
/// them where the tenth is fewer than `pairs`, but no more than half), are predicted from random
/// subsets of these, from one value to as many as each of these rows has. Predictions are taken as
/// the model makes them, not held to a range, which would hide how they move. Pairs and subsets
/// depend on the data only, so that variants and epochs can be compared. Nothing where no test pair
/// has training values in both its row and its column.
std::optional<Probe> probe(DeviceContext& context, Model& model, const ProbedData& data,
                           const ProbeConfig& settings, const Moment& moment);

/// What the probes say, for people and as JSON: each variant's mean slope by epoch.
Finding slopes_of(const std::vector<Probe>& probes, const ProbeWords& words);

/// Writes probe.csv, probe_draws.csv and, through gnuplot, probe.png (a panel per variant, at its
/// last epoch) into `folder`; returns the picture's path. Throws IoError; the CSVs are there even
/// where gnuplot is not.
std::filesystem::path write_probes(const std::filesystem::path& folder,
                                   const std::vector<Probe>& probes, const ProbeWords& words);

/// What write_probes() left in `folder`; none where it left nothing, or an older version, which
/// looked at one pair, did. IoError that names the line where a file is damaged.
std::vector<Probe> read_probes(const std::filesystem::path& folder, const ProbeWords& words);

/// Of each variant the last: the one at its best epoch.
std::vector<Probe> at_best(const std::vector<Probe>& probes);

/// The probes of a launch as its pictures; `look` makes one, or none.
using LookOnce = std::function<std::optional<Probe>(DeviceContext& context, Model& model,
                                                    const Task& task, const Moment& moment)>;
std::unique_ptr<Pictures> probe_pictures(LookOnce look, const ProbeWords& words);

}  // namespace lacuna::experiments
