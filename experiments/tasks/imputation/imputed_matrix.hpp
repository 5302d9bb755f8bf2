#pragma once

#include <array>
#include <memory>
#include <string_view>

#include "experiments/tasks/predict_options.hpp"

namespace lacuna::experiments {

inline constexpr std::array<std::string_view, 3> imputed_matrix_files{".mtx", ".csv", ".npy"};

/// The run's matrix with its zeros filled in, the way round that its file is: non-zeros stay as
/// they are, hidden ones too; what the model predicts below 0 is 0. Throws as RunLoader, and
/// NonFiniteError where the model gives NaN or infinity.
std::unique_ptr<Predictions> impute_matrix(const PredictRequest& request);

}  // namespace lacuna::experiments
