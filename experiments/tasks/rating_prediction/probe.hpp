#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "experiments/tasks/rating_prediction/rating_task.hpp"

namespace lacuna::experiments {

/// Predictions of one test pair from fewer and fewer of its row's ratings.
struct ProbeCurve {
  std::string variant;
  double actual = 0;                           ///< the pair's test rating
  std::vector<std::int64_t> known;             ///< ratings left in, by level
  std::vector<std::vector<float>> prediction;  ///< by level and draw

  double mean(std::size_t level) const;
};

/// Figure 1, second and third row, of *Why Not to Use Zero Imputation?*: takes a random test pair,
/// of the tenth whose rows have the most training ratings, and predicts it from random subsets of
/// these. The pair and the subsets depend on the data only, so that variants can be compared.
/// Nothing where `config` has no probe, or no test pair has training ratings in both its row and
/// its column.
std::optional<ProbeCurve> probe(DeviceContext& context, Model& model, const RatingTask& task,
                                const RatingPredictionConfig& config, const std::string& variant);

/// Writes probe.csv and, through gnuplot, probe.png (a panel per curve) into `folder`; returns the
/// picture's path. Throws IoError; the CSV is there even where gnuplot is not.
std::filesystem::path write_probe(const std::filesystem::path& folder,
                                  const std::vector<ProbeCurve>& curves);

/// The curves of a probe.csv. Files of older versions do not say the actual rating: it is NaN then.
/// IoError that names the line where the file is damaged.
std::vector<ProbeCurve> read_probe(const std::filesystem::path& file);

}  // namespace lacuna::experiments
