#include "runtime/optim/adam_optimizer.hpp"

namespace lacuna {

template <class T>
AdamOptimizer<T>::AdamOptimizer(DeviceContext& context, const AdamConfig& config,
                                const std::vector<Parameter*>& parameters, const L2Penalty& penalty)
    : context_(context),
      settings_{config.learning_rate, config.beta1, config.beta2, config.epsilon} {
  for (const Parameter* parameter : parameters) {
    const Tensor first = Tensor::zeros(context.pool(), dtype_of<T>(), parameter->value.shape());
    const Tensor second = Tensor::zeros(context.pool(), dtype_of<T>(), parameter->value.shape());
    moments_.insert(moments_.end(), {first, second});
    views_.push_back({.value = parameter->value.data<T>(),
                      .gradient = parameter->gradient.data<T>(),
                      .first_moment = first.data<T>(),
                      .second_moment = second.data<T>(),
                      .size = parameter->value.size(),
                      .l2 = static_cast<T>(penalty.coefficient(*parameter))});
  }
}

template <class T>
void AdamOptimizer<T>::step() {
  adam<T>(context_.exec(), settings_, ++steps_, views_);
}

template class AdamOptimizer<float>;
template class AdamOptimizer<double>;

}  // namespace lacuna
