#pragma once

#include <cstddef>
#include <memory>

#include "kernels/core/device_runtime.hpp"

namespace lacuna {

/// A caching pool of one device's memory: what is given back is kept and reused, so that training
/// steps allocate nothing. Reuse needs no waiting, since a device does its work in order. Copies
/// share the pool; buffers keep it, and the device's runtime, alive.
class MemoryPool {
 public:
  struct Statistics {
    std::size_t bytes_in_use = 0;
    std::size_t bytes_unused = 0;  ///< kept for reuse
    std::size_t peak_bytes = 0;
    std::size_t largest_buffer = 0;
  };

  explicit MemoryPool(std::shared_ptr<DeviceRuntime> runtime);

  DeviceRuntime& runtime() const;

  /// At least `bytes` bytes, 64-byte aligned, not initialised. The memory returns to the pool with
  /// the last copy of the pointer. Throws std::bad_alloc.
  std::shared_ptr<std::byte> allocate(std::size_t bytes);

  /// Frees what is kept unused: what follows needs other sizes.
  void release_unused();

  Statistics statistics() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace lacuna
