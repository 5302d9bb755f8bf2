#pragma once

#include <cstdint>

#include "runtime/device_context.hpp"
#include "runtime/memory/array.hpp"

namespace lacuna::experiments::bench {

/// What a device's memory can do at most: a copy of random numbers (a GPU may compress others)
/// between two buffers that no cache holds; on the CPU a piece a thread.
class CopyCeiling {
 public:
  static constexpr std::int64_t usual_bytes = std::int64_t{256} << 20;

  explicit CopyCeiling(DeviceContext& context, std::int64_t bytes = usual_bytes);

  void run();

  /// Read and written by one run().
  double bytes() const { return 2 * static_cast<double>(size()); }

 private:
  std::size_t size() const { return from_.span().size_bytes(); }
  std::int64_t elements() const { return static_cast<std::int64_t>(from_.span().size()); }

  DeviceContext& context_;
  Array<float> from_;
  Array<float> to_;
};

}  // namespace lacuna::experiments::bench
