#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/core/device_code.hpp"
#include "kernels/core/exec_context.hpp"

namespace lacuna {
inline namespace LACUNA_NS {

/// Several arrays in the one block of scratch that a call may hold: what is wanted is added first,
/// reserved at once and then asked for by the number that add() gave.
class ScratchLayout {
 public:
  template <class T>
  std::size_t add(std::int64_t count) {
    constexpr std::size_t alignment = 64;
    const std::size_t begin = bytes_;
    bytes_ += (static_cast<std::size_t>(count) * sizeof(T) + alignment - 1) / alignment * alignment;
    return begin;
  }

  void reserve(const ExecContext& ctx) {
    memory_ = static_cast<std::byte*>(ctx.scratch->reserve(bytes_));
  }

  template <class T>
  T* at(std::size_t begin) const {
    return reinterpret_cast<T*>(memory_ + begin);
  }

 private:
  std::size_t bytes_ = 0;
  std::byte* memory_ = nullptr;
};

}  // namespace LACUNA_NS
}  // namespace lacuna
