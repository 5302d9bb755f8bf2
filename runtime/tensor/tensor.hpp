#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <vector>

#include "kernels/core/view.hpp"
#include "runtime/memory/memory_pool.hpp"
#include "runtime/tensor/dtype.hpp"

namespace lacuna {

using Shape = std::vector<std::int64_t>;

/// The product of a shape's extents. Throws std::invalid_argument for a negative one or a product
/// that does not fit 64 bits.
std::int64_t element_count(const Shape& shape);

/// A contiguous row-major array on a device. Copies share the storage, as handles do. The host may
/// follow data(), span() and bytes() on the CPU only.
class Tensor {
 public:
  Tensor() = default;

  /// Throw std::bad_alloc, and std::invalid_argument for a negative extent or a size that does not
  /// fit 64 bits.
  static Tensor uninitialized(MemoryPool& pool, DType dtype, Shape shape);
  static Tensor zeros(MemoryPool& pool, DType dtype, Shape shape);
  /// Floating-point numbers from the host, as many as there are elements (std::logic_error).
  static Tensor of(MemoryPool& pool, DType dtype, Shape shape, std::span<const float> values);
  /// A vector of them. On the CPU they stay where they lie, and nobody may write them; elsewhere
  /// they are copied.
  static Tensor of_shared(MemoryPool& pool,
                          const std::shared_ptr<const std::vector<float>>& values);

  bool defined() const { return storage_ != nullptr; }
  DType dtype() const { return dtype_; }
  const Shape& shape() const { return shape_; }
  std::int64_t size() const { return size_; }

  /// The elements; throws std::logic_error where T is not the tensor's dtype.
  template <class T>
  std::span<T> span() const {
    if (dtype_of<T>() != dtype_) throw std::logic_error("a tensor was read as another dtype");
    return {reinterpret_cast<T*>(storage_.get()), static_cast<std::size_t>(size_)};
  }
  template <class T>
  T* data() const {
    return span<T>().data();
  }
  std::span<std::byte> bytes() const;
  /// Whether the host may follow them.
  bool on_host() const;

  /// Elements [first, first + those of `shape`), sharing the storage. Throws std::logic_error where
  /// there are fewer.
  Tensor slice(std::int64_t first, Shape shape) const;

  /// The elements as bytes, on the host; waits for the device.
  std::vector<std::byte> to_host() const;
  /// The elements of a tensor of floating-point numbers as T.
  template <class T>
  std::vector<T> to_host() const {
    return with_dtype(dtype_, [this]<class Own>() {
      std::vector<Own> values(static_cast<std::size_t>(size_));
      copy_to(values.data());
      return std::vector<T>(values.begin(), values.end());
    });
  }
  /// Overwrites the elements; throws std::logic_error where there are not as many bytes.
  void assign(std::span<const std::byte> bytes) const;
  void clear() const;  ///< to 0

  /// The tensor as a matrix of rows of its last extent; a vector is a matrix of one row.
  template <class T>
  MatrixView<T> matrix() const {
    const std::int64_t columns = shape_.empty() ? 1 : shape_.back();
    return {data<T>(), columns == 0 ? 0 : size_ / columns, columns};
  }
  /// The first `rows` rows; throws std::logic_error where there are fewer.
  template <class T>
  MatrixView<T> first_rows(std::int64_t rows) const {
    MatrixView<T> view = matrix<T>();
    if (rows > view.rows) throw std::logic_error("a tensor has fewer rows than were asked for");
    view.rows = rows;
    return view;
  }

 private:
  DType dtype_ = DType::f32;
  Shape shape_;
  std::int64_t size_ = 0;
  std::shared_ptr<std::byte> storage_;
  DeviceRuntime* runtime_ = nullptr;  // lives as long as the storage

  void copy_to(void* host) const;

  friend void copy(const Tensor& from, const Tensor& to);
};

/// Overwrites `to` with `from`; dtype, shape and device must agree (std::logic_error).
void copy(const Tensor& from, const Tensor& to);

}  // namespace lacuna
