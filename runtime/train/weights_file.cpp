#include "runtime/train/weights_file.hpp"

#include <fmt/format.h>

#include "runtime/error.hpp"
#include "runtime/io/safetensors.hpp"

namespace lacuna {

namespace {

io::DType file_dtype(DType dtype) {
  return dtype == DType::f32 ? io::DType::F32 : io::DType::F64;
}

}  // namespace

void save_weights(const std::filesystem::path& path, const std::vector<Parameter*>& parameters,
                  const std::map<std::string, std::string>& metadata) {
  std::vector<std::vector<std::byte>> values;
  std::vector<io::TensorEntry> entries;
  for (const Parameter* parameter : parameters) {
    const Tensor& value = parameter->value;
    values.push_back(value.to_host());
    entries.push_back({parameter->name, file_dtype(value.dtype()), value.shape(), values.back()});
  }
  io::write_safetensors(path, entries, metadata);
}

void load_weights(const std::filesystem::path& path, const std::vector<Parameter*>& parameters) {
  const io::SafetensorsFile file = io::SafetensorsFile::open(path);
  if (file.entries().size() != parameters.size()) {
    throw IoError(fmt::format("{}: holds {} tensors, the model has {}", path.string(),
                              file.entries().size(), parameters.size()));
  }
  for (const Parameter* parameter : parameters) {
    const Tensor& value = parameter->value;
    const io::TensorEntry* entry = file.find(parameter->name);
    if (entry == nullptr || entry->dtype != file_dtype(value.dtype()) ||
        entry->shape != value.shape()) {
      throw IoError(fmt::format("{}: tensor '{}' is missing or of another shape than the model's",
                                path.string(), parameter->name));
    }
    value.assign(entry->bytes);
  }
}

}  // namespace lacuna
