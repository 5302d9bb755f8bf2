#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <vector>

namespace lacuna::emulation {

/// The arrays of one block's shared memory. Each is memory of its own, so that AddressSanitizer
/// sees accesses beyond it, and starts as NaN bits (0xFF), as nothing may rely on what it holds.
class SharedMemory {
 public:
  static constexpr std::size_t limit = 48 << 10;  ///< bytes of static shared memory in a block

  /// The block's array known by `key`, made at its first use; nullptr where that is over the limit.
  void* array(const void* key, std::size_t bytes, std::size_t alignment);

 private:
  struct Free {
    std::align_val_t alignment;
    void operator()(std::byte* memory) const { ::operator delete(memory, alignment); }
  };
  struct Array {
    const void* key;
    std::unique_ptr<std::byte, Free> memory;
  };

  std::vector<Array> arrays_;
  std::size_t bytes_ = 0;
};

}  // namespace lacuna::emulation
