#pragma once

#include <filesystem>
#include <vector>

#include "runtime/checkpoint/tensor_file.hpp"

namespace lacuna {

/// Writes a model's tensors as safetensors, whole or not at all, with the xxh3-128 of each in the
/// metadata under "xxh3_128.<name>". Throws IoError.
void save_weights(const std::filesystem::path& path, std::span<const NamedTensor> tensors);

/// Reads them back into tensors of the same names, shapes and dtypes. Throws IoError that names the
/// tensor where the file does not fit the model, or not its checksums; it need not have any.
void load_weights(const std::filesystem::path& path, std::span<const NamedTensor> tensors);

}  // namespace lacuna
