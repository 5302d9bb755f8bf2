#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "runtime/memory/memory_pool.hpp"

namespace lacuna {

/// A typed piece of a device's memory; copies share it. The host may follow data() and span() on
/// the CPU only.
template <class T>
class Array {
 public:
  Array() = default;

  static Array zeros(MemoryPool& pool, std::int64_t size) {
    Array array = uninitialized(pool, size);
    array.runtime_->clear(array.data(), array.size_ * sizeof(T));
    return array;
  }
  static Array uninitialized(MemoryPool& pool, std::int64_t size) {
    Array array;
    array.memory_ = pool.allocate(static_cast<std::size_t>(size) * sizeof(T));
    array.runtime_ = &pool.runtime();
    array.size_ = static_cast<std::size_t>(size);
    return array;
  }

  template <class Range>
  static Array copy_of(MemoryPool& pool, const Range& values) {
    Array array = uninitialized(pool, static_cast<std::int64_t>(std::size(values)));
    std::vector<T> converted(std::size(values));
    std::ranges::transform(values, converted.begin(), [](auto v) { return static_cast<T>(v); });
    array.assign(converted);
    return array;
  }

  /// On the CPU the values where they lie, which nobody may write; elsewhere a copy.
  static Array of_shared(MemoryPool& pool, const std::shared_ptr<const std::vector<T>>& values) {
    if (pool.runtime().device() != Device::cpu || values->empty()) return copy_of(pool, *values);
    Array array;
    array.memory_ = {values, reinterpret_cast<std::byte*>(const_cast<T*>(values->data()))};
    array.runtime_ = &pool.runtime();
    array.size_ = values->size();
    return array;
  }

  /// Overwrites as many elements as there are values.
  void assign(std::span<const T> values) const {
    runtime_->copy_to_device(data(), values.data(), values.size_bytes());
  }
  /// The elements, on the host; waits for the device.
  std::vector<T> to_host() const {
    std::vector<T> values(size_);
    if (size_ > 0) runtime_->copy_to_host(values.data(), data(), size_ * sizeof(T));
    return values;
  }

  T* data() const { return reinterpret_cast<T*>(memory_.get()); }
  std::span<T> span() const { return {data(), size_}; }
  bool defined() const { return memory_ != nullptr; }

 private:
  std::shared_ptr<std::byte> memory_;
  DeviceRuntime* runtime_ = nullptr;  // lives as long as the memory
  std::size_t size_ = 0;
};

}  // namespace lacuna
