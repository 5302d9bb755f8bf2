#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "runtime/io/safetensors.hpp"
#include "runtime/tensor/tensor.hpp"

namespace lacuna {

/// A tensor under its name in files.
struct NamedTensor {
  std::string name;
  Tensor tensor;
};

/// Tensors' elements on the host, as safetensors files take them: on the CPU the tensors' own.
class HostTensors {
 public:
  /// Waits for the device. The tensors' memory outlives the object.
  explicit HostTensors(std::span<const NamedTensor> tensors);
  HostTensors(const HostTensors&) = delete;
  HostTensors& operator=(const HostTensors&) = delete;

  const std::vector<io::TensorEntry>& entries() const { return entries_; }

 private:
  std::vector<std::vector<std::byte>> values_;
  std::vector<io::TensorEntry> entries_;
};

/// Overwrites the tensors with those of the same names; `file` holds no others. Throws IoError that
/// names `path` and all that differs in name, shape or dtype.
void load_tensors(const io::SafetensorsFile& file, const std::filesystem::path& path,
                  std::span<const NamedTensor> tensors);

}  // namespace lacuna
