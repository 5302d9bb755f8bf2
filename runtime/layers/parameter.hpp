#pragma once

#include <string>

#include "runtime/device_context.hpp"
#include "runtime/tensor/tensor.hpp"

namespace lacuna {

enum class ParameterKind { weight, bias };

/// A trained tensor and its gradient.
struct Parameter {
  std::string name;
  ParameterKind kind = ParameterKind::weight;
  Tensor value;
  Tensor gradient;
};

/// A zeroed parameter of T.
template <class T>
Parameter make_parameter(DeviceContext& context, std::string name, ParameterKind kind,
                         Shape shape) {
  return {std::move(name), kind, Tensor::zeros(context.pool(), dtype_of<T>(), shape),
          Tensor::zeros(context.pool(), dtype_of<T>(), shape)};
}

}  // namespace lacuna
