#include "runtime/optim/optimizer.hpp"

#include <algorithm>

#include "kernels/optim/adam.hpp"
#include "kernels/optim/gradient_norm.hpp"
#include "kernels/optim/rprop.hpp"
#include "kernels/optim/sgd_momentum.hpp"

namespace lacuna {

namespace {

constexpr std::size_t states_of(const AdamConfig&) {
  return 2;
}
constexpr std::size_t states_of(const SgdConfig&) {
  return 1;
}
constexpr std::size_t states_of(const RPropConfig&) {
  return 2;
}

}  // namespace

template <class T>
Optimizer<T>::Optimizer(DeviceContext& context, const OptimizerConfig& config,
                        const std::vector<Parameter*>& parameters, const L2Penalty& penalty)
    : context_(context), config_(config) {
  const std::size_t states = std::visit([](const auto& c) { return states_of(c); }, config);
  for (const Parameter* parameter : parameters) {
    TrainedParameter<T> view{.value = parameter->value.data<T>(),
                             .gradient = parameter->gradient.data<T>(),
                             .state = {},
                             .size = parameter->value.size(),
                             .decay = static_cast<T>(penalty.decay(*parameter))};
    for (std::size_t i = 0; i < states; ++i) {
      states_.push_back(Tensor::zeros(context.pool(), dtype_of<T>(), parameter->value.shape()));
      view.state[i] = states_.back().template data<T>();
    }
    if (const auto* rprop = std::get_if<RPropConfig>(&config)) {
      std::ranges::fill(states_.back().template span<T>(), static_cast<T>(rprop->learning_rate));
    }
    views_.push_back(view);
    l2_.push_back(penalty.l2(*parameter));
  }
}

template <class T>
void Optimizer<T>::step(const OptimizerStep& step) {
  for (std::size_t i = 0; i < views_.size(); ++i) {
    views_[i].l2 = static_cast<T>(step.penalty_share * l2_[i]);
  }
  double scale = 1;
  if (step.largest_norm > 0) {
    const double norm = gradient_norm<T>(context_.exec(), views_);
    if (norm > step.largest_norm) scale = step.largest_norm / norm;
  }
  ++steps_;
  std::visit([&](const auto& config) { update(config, step.rate, scale); }, config_);
}

template <class T>
void Optimizer<T>::update(const AdamConfig& config, double rate, double gradient_scale) {
  const AdamSettings settings{.learning_rate = rate * config.learning_rate,
                              .beta1 = config.beta1,
                              .beta2 = config.beta2,
                              .epsilon = config.epsilon,
                              .gradient_scale = gradient_scale};
  adam<T>(context_.exec(), settings, steps_, views_);
}

template <class T>
void Optimizer<T>::update(const SgdConfig& config, double rate, double gradient_scale) {
  const SgdSettings settings{.learning_rate = rate * config.learning_rate,
                             .momentum = config.momentum,
                             .gradient_scale = gradient_scale};
  sgd_momentum<T>(context_.exec(), settings, views_);
}

template <class T>
void Optimizer<T>::update(const RPropConfig& config, double rate, double gradient_scale) {
  const RPropSettings settings{.increase = config.increase,
                               .decrease = config.decrease,
                               .smallest_step = config.smallest_step,
                               .largest_step = config.largest_step,
                               .learning_rate = rate * config.learning_rate,
                               .gradient_scale = gradient_scale};
  rprop<T>(context_.exec(), settings, views_);
}

template class Optimizer<float>;
template class Optimizer<double>;

}  // namespace lacuna
