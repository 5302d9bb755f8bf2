#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "experiments/experiment.hpp"

namespace lacuna::experiments {

/// How many non-zeros the training rows of an experiment's data have: what Figure 1 of *Sparsity
/// Normalization* (v1) shows.
struct DataDescription {
  std::string source;
  std::string size;                  ///< of all parts, for people
  std::vector<std::int64_t> counts;  ///< of each training row, ascending

  double mean() const;
  double deviation() const;  ///< of the rows
};

/// Reads and splits the data as a run would. Throws DataError, ConfigError.
DataDescription describe_data(const Experiment& experiment);

/// Shares of the rows up to each count, a table for people.
std::string text(const DataDescription& data);

/// Writes non_zeros.csv, non_zeros,rows, and, where gnuplot is there, a histogram, non_zeros.png;
/// returns what stands in the way of the picture, or "". Throws IoError.
std::string write_histogram(const DataDescription& data, const std::filesystem::path& folder);

}  // namespace lacuna::experiments
