#pragma once

#include <array>
#include <filesystem>
#include <string_view>
#include <utility>

#include "experiments/tasks/predict_options.hpp"
#include "runtime/train/model.hpp"

namespace lacuna::experiments {

/// What `lacuna encode --what` can ask for.
inline constexpr std::array<std::pair<std::string_view, Output>, 7> encodings{
    {{"codes", Output::code},
     {"reconstructions", Output::reconstruction},
     {"predictions", Output::prediction},
     {"samples", Output::samples},
     {"log_likelihoods", Output::log_likelihood},
     {"pseudo_likelihoods", Output::pseudo_likelihood},
     {"free_energies", Output::free_energy}}};

/// Writes a model's output for each row of the file that the request names to `output`, float32
/// [rows, columns] in NumPy's format; returns the shape. Throws as RowsOfFile, ConfigError where
/// the model has no such output, NonFiniteError for NaN or infinity, and IoError where the file
/// cannot be written.
std::array<std::int64_t, 2> encode_rows(const PredictRequest& request, Output what,
                                        const std::filesystem::path& output);

}  // namespace lacuna::experiments
