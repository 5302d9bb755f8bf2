#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "runtime/layers/parameter.hpp"

namespace lacuna {

/// Writes the parameters' values as safetensors, whole or not at all. Throws IoError.
void save_weights(const std::filesystem::path& path, const std::vector<Parameter*>& parameters,
                  const std::map<std::string, std::string>& metadata);

/// Reads them back into parameters of the same names, shapes and dtypes. Throws IoError that names
/// the tensor where the file does not fit the model.
void load_weights(const std::filesystem::path& path, const std::vector<Parameter*>& parameters);

}  // namespace lacuna
