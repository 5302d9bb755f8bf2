#pragma once

#include <cstdint>

#include "runtime/device_context.hpp"
#include "runtime/memory/array.hpp"

namespace lacuna::experiments::bench {

/// What a device's memory can do at most: a copy between two buffers that no cache holds; on the
/// CPU a piece a thread.
class CopyCeiling {
 public:
  explicit CopyCeiling(DeviceContext& context);

  void run();

  /// Read and written by one run().
  double bytes() const { return 2 * static_cast<double>(size()); }

 private:
  std::size_t size() const { return from_.span().size_bytes(); }

  DeviceContext& context_;
  Array<float> from_;
  Array<float> to_;
};

}  // namespace lacuna::experiments::bench
