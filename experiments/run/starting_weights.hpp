#pragma once

#include <filesystem>
#include <string>

#include "experiments/plan.hpp"

namespace lacuna::experiments {

/// The file that model.weights means: a safetensors file, or that of the one finished run in a
/// folder, absolute. Throws IoError where there is none, or several runs.
std::filesystem::path weights_file_of(const std::string& given);

/// Makes model.weights of all variants such a file. Throws as weights_file_of().
void find_starting_weights(Plan& plan);

}  // namespace lacuna::experiments
