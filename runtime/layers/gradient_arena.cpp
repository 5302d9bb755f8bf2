#include "runtime/layers/parameter.hpp"

namespace lacuna {

namespace {

std::int64_t room(const Parameter& parameter) {
  const std::int64_t alignment =
      64 / static_cast<std::int64_t>(dtype_size(parameter.value.dtype()));
  return (parameter.value.size() + alignment - 1) / alignment * alignment;
}

}  // namespace

GradientArena::GradientArena(DeviceContext& context, const std::vector<Parameter*>& parameters) {
  if (parameters.empty()) return;
  std::int64_t size = 0;
  for (const Parameter* parameter : parameters) size += room(*parameter);
  memory_ = Tensor::zeros(context.pool(), parameters.front()->value.dtype(), {size});
  std::int64_t place = 0;
  for (Parameter* parameter : parameters) {
    parameter->gradient = memory_.slice(place, parameter->value.shape());
    place += room(*parameter);
  }
}

}  // namespace lacuna
