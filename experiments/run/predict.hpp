#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "experiments/tasks/predict_options.hpp"
#include "runtime/train/model.hpp"

namespace lacuna::experiments {

/// Predicts with the run at `path`, or the one run of a launch there, as its task does; `values`
/// are of options that some task takes, `output` is where they are to be saved, the rest as in
/// PredictRequest. Throws ConfigError for options and endings of files that its task does not take
/// and where there are several runs, IoError where there is none, and what the task throws.
std::unique_ptr<Predictions> predict(const std::filesystem::path& path, const PredictValues& values,
                                     const std::optional<std::filesystem::path>& output,
                                     const std::optional<std::string>& data,
                                     const std::string& device, int threads);

/// Writes an output of the same run's model for rows of a file; see encode_rows().
std::array<std::int64_t, 2> encode(const std::filesystem::path& path, const PredictValues& values,
                                   Output what, const std::filesystem::path& output,
                                   const std::optional<std::string>& data,
                                   const std::string& device, int threads);

}  // namespace lacuna::experiments
