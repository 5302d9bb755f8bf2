#include "runtime/checkpoint/tensor_file.hpp"

#include <fmt/format.h>

#include "runtime/error.hpp"

namespace lacuna {

namespace {

io::DType file_dtype(DType dtype) {
  return dtype == DType::f32 ? io::DType::F32 : io::DType::F64;
}

}  // namespace

HostTensors::HostTensors(std::span<const NamedTensor> tensors) {
  for (const auto& [name, tensor] : tensors) {
    values_.push_back(tensor.to_host());
    entries_.push_back({name, file_dtype(tensor.dtype()), tensor.shape(), values_.back()});
  }
}

void load_tensors(const io::SafetensorsFile& file, const std::filesystem::path& path,
                  std::span<const NamedTensor> tensors) {
  if (file.entries().size() != tensors.size()) {
    throw IoError(fmt::format("{}: holds {} tensors, the model has {}", path.string(),
                              file.entries().size(), tensors.size()));
  }
  for (const auto& [name, tensor] : tensors) {
    const io::TensorEntry* entry = file.find(name);
    if (entry == nullptr || entry->dtype != file_dtype(tensor.dtype()) ||
        entry->shape != tensor.shape()) {
      throw IoError(fmt::format("{}: tensor '{}' is missing or of another shape than the model's",
                                path.string(), name));
    }
    tensor.assign(entry->bytes);
  }
}

}  // namespace lacuna
