#include "runtime/tensor/tensor.hpp"

#include <algorithm>

namespace lacuna {

namespace {

std::int64_t element_count(const Shape& shape, DType dtype) {
  std::int64_t count = 1;
  for (const std::int64_t extent : shape) {
    if (extent < 0) throw std::invalid_argument("a tensor's extent is negative");
    if (__builtin_mul_overflow(count, extent, &count)) {
      throw std::invalid_argument("a tensor's size does not fit 64 bits");
    }
  }
  std::int64_t bytes = 0;
  if (__builtin_mul_overflow(count, static_cast<std::int64_t>(dtype_size(dtype)), &bytes)) {
    throw std::invalid_argument("a tensor's size does not fit 64 bits");
  }
  return count;
}

}  // namespace

Tensor Tensor::empty(MemoryPool& pool, DType dtype, Shape shape) {
  Tensor tensor;
  tensor.dtype_ = dtype;
  tensor.size_ = element_count(shape, dtype);
  tensor.shape_ = std::move(shape);
  tensor.storage_ = pool.allocate(static_cast<std::size_t>(tensor.size_) * dtype_size(dtype));
  return tensor;
}

Tensor Tensor::zeros(MemoryPool& pool, DType dtype, Shape shape) {
  Tensor tensor = empty(pool, dtype, std::move(shape));
  std::ranges::fill(tensor.bytes(), std::byte{0});
  return tensor;
}

std::span<std::byte> Tensor::bytes() const {
  return {storage_.get(), static_cast<std::size_t>(size_) * dtype_size(dtype_)};
}

void copy(const Tensor& from, const Tensor& to) {
  if (from.dtype() != to.dtype() || from.shape() != to.shape()) {
    throw std::logic_error("copy between tensors of different dtype or shape");
  }
  std::ranges::copy(from.bytes(), to.bytes().begin());
}

}  // namespace lacuna
