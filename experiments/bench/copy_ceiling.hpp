#pragma once

#include <cstdint>

#include "runtime/device_context.hpp"
#include "runtime/memory/array.hpp"

namespace lacuna::experiments::bench {

/// What memory can do at most: a copy between two buffers that no cache holds, a piece a thread.
class CopyCeiling {
 public:
  explicit CopyCeiling(DeviceContext& context);

  void run();

  /// Read and written by one run().
  double bytes() const { return 2 * sizeof(float) * static_cast<double>(from_.span().size()); }

 private:
  DeviceContext& context_;
  Array<float> from_;
  Array<float> to_;
};

}  // namespace lacuna::experiments::bench
