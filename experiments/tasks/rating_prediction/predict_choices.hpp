#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiments/tasks/predict_options.hpp"
#include "runtime/data/ratings/cell_file.hpp"
#include "runtime/data/ratings/ratings_config.hpp"

namespace lacuna::experiments {

/// What the command line of `lacuna predict` asks of a run, with the files it names.
struct PredictChoices {
  /// Throws ConfigError where options do not go together, and for a new user of a model of item
  /// vectors. Files are not read yet.
  PredictChoices(const PredictValues& values, const StoredRun& run);

  /// Reads the files, before anything that takes time. Throws DataError.
  void read_files(const data::FileFormat& known);

  std::optional<std::string> pairs;    ///< file: user,item; only item beside `ratings`
  std::optional<std::string> user;     ///< of the data
  std::optional<std::string> ratings;  ///< file: item,rating; a user who is not in the data
  bool all_users;
  std::optional<std::string> items;  ///< file: item
  std::string exclude;               ///< seen, train, none, or a file: user,item
  int top;

  std::vector<data::NamedCell> of_pairs;
  std::vector<data::NamedCell> of_ratings;
  std::vector<data::NamedCell> of_items;
  std::vector<data::NamedCell> of_exclude;
};

/// What a run's rows are.
data::Orientation vectors_of(const StoredRun& run);

}  // namespace lacuna::experiments
