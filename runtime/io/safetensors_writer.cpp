#include <algorithm>
#include <stdexcept>

#include "runtime/config/json.hpp"
#include "runtime/io/atomic_file.hpp"
#include "runtime/io/safetensors.hpp"
#include "runtime/io/safetensors_format.hpp"

namespace lacuna::io {
namespace {

using config::Json;

std::vector<TensorEntry> in_file_order(std::span<const TensorEntry> tensors) {
  std::vector<TensorEntry> sorted(tensors.begin(), tensors.end());
  std::ranges::sort(sorted, [](const TensorEntry& a, const TensorEntry& b) {
    const std::size_t size_a = dtype_size(a.dtype);
    const std::size_t size_b = dtype_size(b.dtype);
    return size_a != size_b ? size_a > size_b : a.name < b.name;
  });
  return sorted;
}

Json header_entry(const TensorEntry& tensor, std::uint64_t begin) {
  Json shape = Json::array();
  for (const std::int64_t dimension : tensor.shape) shape.push_back(dimension);
  return Json::object({{"dtype", dtype_name(tensor.dtype)},
                       {"shape", shape},
                       {"data_offsets", Json::array({begin, begin + tensor.bytes.size()})}});
}

Json header(std::span<const TensorEntry> tensors,
            const std::map<std::string, std::string>& metadata) {
  Json notes = Json::object();
  for (const auto& [key, text] : metadata) notes.set(key, text);
  Json result = Json::object({{std::string(metadata_key), notes}});
  std::uint64_t offset = 0;
  for (const TensorEntry& tensor : tensors) {
    if (tensor_bytes(tensor.dtype, tensor.shape) != tensor.bytes.size()) {
      throw std::invalid_argument("tensor '" + tensor.name + "': its bytes do not fit its shape");
    }
    if (result.find(tensor.name) != nullptr) {
      throw std::invalid_argument("tensor '" + tensor.name + "': the name is already taken");
    }
    result.set(tensor.name, header_entry(tensor, offset));
    offset += tensor.bytes.size();
  }
  return result;
}

}  // namespace

void write_safetensors(const std::filesystem::path& path, std::span<const TensorEntry> tensors,
                       const std::map<std::string, std::string>& metadata) {
  const std::vector<TensorEntry> sorted = in_file_order(tensors);
  std::string text = config::dump(header(sorted, metadata), 0);
  constexpr std::size_t alignment = 8;
  text.append((alignment - text.size() % alignment) % alignment, ' ');
  const std::uint64_t length = text.size();

  std::vector<std::span<const std::byte>> parts = {std::as_bytes(std::span(&length, 1)),
                                                   std::as_bytes(std::span(text))};
  for (const TensorEntry& tensor : sorted) parts.push_back(tensor.bytes);
  write_file_atomically(path, parts);
}

}  // namespace lacuna::io
