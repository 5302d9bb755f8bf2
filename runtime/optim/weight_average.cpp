#include "runtime/optim/weight_average.hpp"

#include <algorithm>

#include "kernels/optim/average.hpp"

namespace lacuna {

WeightAverage::WeightAverage(DeviceContext& context, double decay,
                             std::vector<Parameter*> parameters)
    : context_(context), decay_(decay), parameters_(std::move(parameters)) {
  std::int64_t largest = 0;
  for (const Parameter* parameter : parameters_) {
    const Tensor& value = parameter->value;
    memory_.push_back(
        {parameter->name, Tensor::zeros(context.pool(), value.dtype(), value.shape())});
    largest = std::max(largest, value.size());
  }
  const DType dtype = parameters_.at(0)->value.dtype();
  third_ = Tensor::uninitialized(context.pool(), dtype, {largest});
  with_dtype(dtype, [&]<class T>() {
    std::vector<TrainedParameter<T>> views;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      const Tensor& value = parameters_[i]->value;
      views.push_back(
          {.value = value.data<T>(), .state = {memory_[i].tensor.data<T>()}, .size = value.size()});
    }
    views_ = std::move(views);
  });
}

void WeightAverage::step(const TrainingClock& clock) {
  std::visit(
      [&]<class T>(const std::vector<TrainedParameter<T>>& parameters) {
        average<T>(context_.exec(), {decay_, clock.data(), parameters});
      },
      views_);
}

void WeightAverage::swap() {
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const Tensor& value = parameters_[i]->value;
    const Tensor third = third_.slice(0, value.shape());
    copy(value, third);
    copy(memory_[i].tensor, value);
    copy(third, memory_[i].tensor);
  }
}

}  // namespace lacuna
