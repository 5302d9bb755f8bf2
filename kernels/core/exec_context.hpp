#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/core/device.hpp"
#include "kernels/core/device_runtime.hpp"

namespace lacuna {

/// Working memory a kernel may use during one call. Kernels own none.
class Scratch {
 public:
  virtual ~Scratch() = default;
  /// At least `bytes` bytes of the device's memory, 64-byte aligned, valid until the next
  /// reserve().
  virtual void* reserve(std::size_t bytes) = 0;
};

/// What every kernel call is given: where to run, how wide, with which working memory.
struct ExecContext {
  Device device = Device::cpu;
  int threads = 1;
  DeviceRuntime* runtime = nullptr;
  Scratch* scratch = nullptr;
  std::int64_t cache_bytes = 512 << 10;  ///< of a core's own cache (L2); changes no bits
};

}  // namespace lacuna
