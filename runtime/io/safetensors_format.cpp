#include "runtime/io/safetensors_format.hpp"

#include <stdexcept>

namespace lacuna::io {

std::string_view dtype_name(DType dtype) {
  switch (dtype) {
    case DType::F32:
      return "F32";
    case DType::F64:
      return "F64";
    case DType::I32:
      return "I32";
    case DType::I64:
      return "I64";
    case DType::U8:
      return "U8";
  }
  throw std::invalid_argument("unknown dtype");
}

std::size_t dtype_size(DType dtype) {
  if (dtype == DType::U8) return 1;
  return dtype == DType::F32 || dtype == DType::I32 ? 4 : 8;
}

std::optional<std::uint64_t> tensor_bytes(DType dtype, std::span<const std::int64_t> shape) {
  std::uint64_t bytes = dtype_size(dtype);
  for (const std::int64_t dimension : shape) {
    if (dimension < 0 || __builtin_mul_overflow(bytes, dimension, &bytes)) return std::nullopt;
  }
  return bytes;
}

}  // namespace lacuna::io
