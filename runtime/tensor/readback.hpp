#pragma once

#include <vector>

#include "runtime/tensor/tensor.hpp"

namespace lacuna {

/// A tensor of floating-point numbers on its way to the host while nobody waits.
class Readback {
 public:
  /// Refers to the runtime.
  Readback(DeviceRuntime& runtime, std::size_t most_bytes);

  /// Puts a copy of the tensor on the stream; it has at most `most_bytes`.
  void fetch(const Tensor& tensor);
  /// Appends the elements fetched last, rounded to float; waits until they are there.
  void append_to(std::vector<float>& values);

 private:
  std::unique_ptr<DeviceReadback> memory_;
  DType dtype_ = DType::f32;
  std::int64_t size_ = 0;
};

}  // namespace lacuna
