#pragma once

#include <filesystem>
#include <vector>

#include "runtime/checkpoint/tensor_file.hpp"
#include "runtime/layers/parameter.hpp"

namespace lacuna {

/// The parameters' values under their names; they share memory.
std::vector<NamedTensor> values_of(const std::vector<Parameter*>& parameters);

/// Writes the parameters' values as safetensors, whole or not at all, with the xxh3-128 of each in
/// the metadata under "xxh3_128.<name>". Throws IoError.
void save_weights(const std::filesystem::path& path, const std::vector<Parameter*>& parameters);

/// Reads them back into parameters of the same names, shapes and dtypes. Throws IoError that names
/// the tensor where the file does not fit the model, or not its checksums; it need not have any.
void load_weights(const std::filesystem::path& path, const std::vector<Parameter*>& parameters);

}  // namespace lacuna
