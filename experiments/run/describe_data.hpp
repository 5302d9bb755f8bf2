#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "experiments/experiment.hpp"
#include "experiments/tasks/task.hpp"

namespace lacuna::experiments {

/// How many non-zeros the training rows of an experiment's data have: what Figure 1 of *Sparsity
/// Normalization* (v1) shows, and with the rows' mean targets row 1 of Figure 1 of *Why Not to Use
/// Zero Imputation?*.
struct DataDescription {
  std::string source;
  std::string size;                  ///< of all parts, for people
  std::vector<std::int64_t> counts;  ///< of each training row, ascending
  std::vector<double> targets = {};  ///< the mean target of each of these rows; empty: not known
  std::string more = {};             ///< what the task says of its data
  std::vector<NamedFile> exported = {};  ///< the parts of the split, where they were asked for

  double mean() const;
  double deviation() const;  ///< of the rows
};

/// Reads and splits the data as a run would. Throws DataError, ConfigError, also where `with_parts`
/// of data that cannot be exported.
DataDescription describe_data(const Experiment& experiment, bool with_parts = false);

/// Shares of the rows up to each count, a table for people.
std::string text(const DataDescription& data);

/// Writes non_zeros.csv (non_zeros,rows and, where it is known, mean_target) and, where gnuplot is
/// there, a histogram, non_zeros.png, and mean_targets.png; returns what stands in the way of the
/// pictures, or "". Throws IoError.
std::string write_histogram(const DataDescription& data, const std::filesystem::path& folder);

}  // namespace lacuna::experiments
