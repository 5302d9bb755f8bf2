#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <new>

namespace lacuna::emulation {

/// One kind of memory that the runtime hands out: the device's, or the host's that the device can
/// read on its own.
class Allocations {
 public:
  /// 256-byte aligned, as CUDA's; every byte 0xFF. Throws std::bad_alloc.
  void* allocate(std::size_t bytes);
  /// False if `memory` is not the start of an allocation.
  bool release(void* memory);

  /// Whether all of [memory, memory + bytes) lies in one allocation.
  bool hold(const void* memory, std::size_t bytes) const;
  std::size_t bytes() const { return bytes_; }

  /// Whether the host may touch the memory: AddressSanitizer reports it where not.
  void close() const;
  void open() const;

 private:
  static constexpr std::align_val_t alignment{256};
  struct Free {
    void operator()(std::byte* memory) const { ::operator delete(memory, alignment); }
  };
  struct Piece {
    std::unique_ptr<std::byte, Free> memory;
    std::size_t bytes;
  };

  std::map<const std::byte*, Piece> pieces_;
  std::size_t bytes_ = 0;
};

}  // namespace lacuna::emulation
