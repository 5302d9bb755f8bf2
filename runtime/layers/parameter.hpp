#pragma once

#include <string>
#include <vector>

#include "runtime/device_context.hpp"
#include "runtime/tensor/tensor.hpp"

namespace lacuna {

enum class ParameterKind { weight, bias };

/// A trained tensor and its gradient, which has its place in a GradientArena where it is trained.
struct Parameter {
  std::string name;
  ParameterKind kind = ParameterKind::weight;
  Tensor value;
  Tensor gradient = {};
};

/// A zeroed parameter.
inline Parameter make_parameter(DeviceContext& context, DType dtype, std::string name,
                                ParameterKind kind, Shape shape) {
  return {std::move(name), kind, Tensor::zeros(context.pool(), dtype, std::move(shape))};
}

/// The gradients of a model's parameters in one piece of memory, zeroed, each at a fixed offset of
/// 64 bytes: what has no writer stays 0, and processes exchange whole pieces.
class GradientArena {
 public:
  /// Gives each parameter its gradient. They are of one dtype.
  GradientArena(DeviceContext& context, const std::vector<Parameter*>& parameters);

  const Tensor& memory() const { return memory_; }

 private:
  Tensor memory_;
};

}  // namespace lacuna
