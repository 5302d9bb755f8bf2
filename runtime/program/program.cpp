#include "runtime/program/program.hpp"

#include <ranges>
#include <stdexcept>

namespace lacuna {

template <class T>
Program<T>::Program(DeviceContext& context, BatchCapacity capacity, Gradients gradients)
    : context_(context), capacity_(capacity), gradients_(gradients), loss_(context.pool(), 1) {}

template <class T>
Tensor Program<T>::buffer(Shape shape) {
  return Tensor::zeros(context_.pool(), dtype_of<T>(), std::move(shape));
}

template <class T>
Variable Program<T>::variable(std::int64_t columns) {
  consumed_.push_back(false);
  const Shape shape{capacity_.rows, columns};
  return {buffer(shape), gradients_ == Gradients::yes ? buffer(shape) : Tensor(),
          consumed_.size() - 1};
}

template <class T>
void Program<T>::consume(const Variable& variable) {
  if (consumed_.at(variable.id)) {
    throw std::logic_error(
        "a variable of a program has two consumers; its gradient has one writer");
  }
  consumed_[variable.id] = true;
}

template <class T>
void Program<T>::record(Step forward, Step backward) {
  steps_.push_back({std::move(forward), std::move(backward)});
}

template <class T>
void Program<T>::forward() {
  for (const Recorded& step : steps_) step.forward(context_.exec());
}

template <class T>
void Program<T>::backward() {
  for (const Recorded& step : steps_ | std::views::reverse) {
    if (step.backward) step.backward(context_.exec());
  }
}

template class Program<float>;
template class Program<double>;

}  // namespace lacuna
