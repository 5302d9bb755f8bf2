#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "runtime/memory/memory_pool.hpp"

namespace lacuna {

/// A typed piece of a device's memory; copies share it.
template <class T>
class Array {
 public:
  Array() = default;
  Array(MemoryPool& pool, std::int64_t size)
      : memory_(pool.allocate(static_cast<std::size_t>(size) * sizeof(T))),
        size_(static_cast<std::size_t>(size)) {}

  template <class Range>
  static Array copy_of(MemoryPool& pool, const Range& values) {
    Array array(pool, static_cast<std::int64_t>(std::size(values)));
    std::ranges::transform(values, array.data(), [](auto v) { return static_cast<T>(v); });
    return array;
  }

  T* data() const { return reinterpret_cast<T*>(memory_.get()); }
  std::span<T> span() const { return {data(), size_}; }
  bool defined() const { return memory_ != nullptr; }

 private:
  std::shared_ptr<std::byte> memory_;
  std::size_t size_ = 0;
};

}  // namespace lacuna
