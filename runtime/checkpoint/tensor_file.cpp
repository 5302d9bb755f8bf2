#include "runtime/checkpoint/tensor_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/error.hpp"

namespace lacuna {

namespace {

io::DType file_dtype(DType dtype) {
  switch (dtype) {
    case DType::f32:
      return io::DType::F32;
    case DType::f64:
      return io::DType::F64;
    case DType::i32:
      return io::DType::I32;
    case DType::i64:
      return io::DType::I64;
    case DType::u8:
      break;
  }
  return io::DType::U8;
}

std::string type_of(io::DType dtype, const std::vector<std::int64_t>& shape) {
  std::string text;
  for (const std::int64_t length : shape) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ", length);
  }
  return fmt::format("{} [{}]", io::dtype_name(dtype), text);
}

/// Everything in which the file is another than the tensors, "; " between; or "".
std::string differences_of(const io::SafetensorsFile& file, std::span<const NamedTensor> tensors) {
  std::string found;
  const auto add = [&](const std::string& text) { found += (found.empty() ? "" : "; ") + text; };
  for (const auto& [name, tensor] : tensors) {
    const io::TensorEntry* entry = file.find(name);
    const std::string wanted = type_of(file_dtype(tensor.dtype()), tensor.shape());
    if (entry == nullptr) {
      add(fmt::format("tensor '{}', {} in the model, is missing", name, wanted));
    } else if (type_of(entry->dtype, entry->shape) != wanted) {
      add(fmt::format("tensor '{}' is {}, {} in the model", name,
                      type_of(entry->dtype, entry->shape), wanted));
    }
  }
  for (const io::TensorEntry& entry : file.entries()) {
    if (std::ranges::find(tensors, entry.name, &NamedTensor::name) != tensors.end()) continue;
    add(fmt::format("the model has no tensor '{}'", entry.name));
  }
  return found;
}

}  // namespace

HostTensors::HostTensors(std::span<const NamedTensor> tensors) {
  for (const auto& [name, tensor] : tensors) {
    const auto bytes = tensor.on_host() ? std::span<const std::byte>(tensor.bytes())
                                        : values_.emplace_back(tensor.to_host());
    entries_.push_back({name, file_dtype(tensor.dtype()), tensor.shape(), bytes});
  }
}

void load_tensors(const io::SafetensorsFile& file, const std::filesystem::path& path,
                  std::span<const NamedTensor> tensors) {
  const std::string differences = differences_of(file, tensors);
  if (!differences.empty()) {
    throw IoError(fmt::format("{}: does not fit the model: {}", path.string(), differences));
  }
  for (const auto& [name, tensor] : tensors) tensor.assign(file.find(name)->bytes);
}

}  // namespace lacuna
