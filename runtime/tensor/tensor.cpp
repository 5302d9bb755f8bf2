#include "runtime/tensor/tensor.hpp"

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
  tensor.runtime_ = &pool.runtime();
  tensor.storage_ = pool.allocate(static_cast<std::size_t>(tensor.size_) * dtype_size(dtype));
  return tensor;
}

Tensor Tensor::zeros(MemoryPool& pool, DType dtype, Shape shape) {
  Tensor tensor = empty(pool, dtype, std::move(shape));
  tensor.clear();
  return tensor;
}

std::span<std::byte> Tensor::bytes() const {
  return {storage_.get(), static_cast<std::size_t>(size_) * dtype_size(dtype_)};
}

std::vector<std::byte> Tensor::to_host() const {
  std::vector<std::byte> host(bytes().size());
  if (!host.empty()) runtime_->copy_to_host(host.data(), storage_.get(), host.size());
  return host;
}

void Tensor::assign(std::span<const std::byte> values) const {
  if (values.size() != bytes().size()) {
    throw std::logic_error("a tensor was assigned another number of bytes than it has");
  }
  if (!values.empty()) runtime_->copy_to_device(storage_.get(), values.data(), values.size());
}

void Tensor::clear() const {
  runtime_->clear(storage_.get(), bytes().size());
}

void copy(const Tensor& from, const Tensor& to) {
  if (from.dtype() != to.dtype() || from.shape() != to.shape() || from.runtime_ != to.runtime_) {
    throw std::logic_error("copy between tensors of different dtype, shape or device");
  }
  from.runtime_->copy(to.storage_.get(), from.storage_.get(), from.bytes().size());
}

}  // namespace lacuna
