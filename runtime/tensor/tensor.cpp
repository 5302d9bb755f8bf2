#include "runtime/tensor/tensor.hpp"

namespace lacuna {

std::int64_t element_count(const Shape& shape) {
  std::int64_t count = 1;
  for (const std::int64_t extent : shape) {
    if (extent < 0) throw std::invalid_argument("a tensor's extent is negative");
    if (__builtin_mul_overflow(count, extent, &count)) {
      throw std::invalid_argument("a tensor's size does not fit 64 bits");
    }
  }
  return count;
}

namespace {

std::int64_t checked_count(const Shape& shape, DType dtype) {
  const std::int64_t count = element_count(shape);
  std::int64_t bytes = 0;
  if (__builtin_mul_overflow(count, static_cast<std::int64_t>(dtype_size(dtype)), &bytes)) {
    throw std::invalid_argument("a tensor's size does not fit 64 bits");
  }
  return count;
}

}  // namespace

Tensor Tensor::uninitialized(MemoryPool& pool, DType dtype, Shape shape) {
  Tensor tensor;
  tensor.dtype_ = dtype;
  tensor.size_ = checked_count(shape, dtype);
  tensor.shape_ = std::move(shape);
  tensor.runtime_ = &pool.runtime();
  tensor.storage_ = pool.allocate(static_cast<std::size_t>(tensor.size_) * dtype_size(dtype));
  return tensor;
}

Tensor Tensor::zeros(MemoryPool& pool, DType dtype, Shape shape) {
  Tensor tensor = uninitialized(pool, dtype, std::move(shape));
  tensor.clear();
  return tensor;
}

Tensor Tensor::of(MemoryPool& pool, DType dtype, Shape shape, std::span<const float> values) {
  const Tensor tensor = uninitialized(pool, dtype, std::move(shape));
  with_dtype(dtype, [&]<class T>() {
    const std::vector<T> converted(values.begin(), values.end());
    tensor.assign(std::as_bytes(std::span(converted)));
  });
  return tensor;
}

Tensor Tensor::of_shared(MemoryPool& pool,
                         const std::shared_ptr<const std::vector<float>>& values) {
  const auto size = static_cast<std::int64_t>(values->size());
  if (pool.runtime().device() != Device::cpu || size == 0) {
    return of(pool, DType::f32, {size}, *values);
  }
  Tensor tensor;
  tensor.size_ = size;
  tensor.shape_ = {size};
  tensor.runtime_ = &pool.runtime();
  tensor.storage_ = {values, reinterpret_cast<std::byte*>(const_cast<float*>(values->data()))};
  return tensor;
}

std::span<std::byte> Tensor::bytes() const {
  return {storage_.get(), static_cast<std::size_t>(size_) * dtype_size(dtype_)};
}

bool Tensor::on_host() const {
  return runtime_->device() == Device::cpu;
}

Tensor Tensor::slice(std::int64_t first, Shape shape) const {
  Tensor part = *this;
  part.size_ = element_count(shape);
  if (first < 0 || first + part.size_ > size_) {
    throw std::logic_error("a slice reaches beyond its tensor");
  }
  part.shape_ = std::move(shape);
  part.storage_ = std::shared_ptr<std::byte>(
      storage_, storage_.get() + static_cast<std::size_t>(first) * dtype_size(dtype_));
  return part;
}

std::vector<std::byte> Tensor::to_host() const {
  std::vector<std::byte> host(bytes().size());
  copy_to(host.data());
  return host;
}

void Tensor::copy_to(void* host) const {
  if (size_ > 0) runtime_->copy_to_host(host, storage_.get(), bytes().size());
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
