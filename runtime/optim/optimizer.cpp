#include "runtime/optim/optimizer.hpp"

#include <fmt/format.h>

#include <array>
#include <span>
#include <string_view>

#include "kernels/optim/adam.hpp"
#include "kernels/optim/gate_step.hpp"
#include "kernels/optim/gradient_norm.hpp"
#include "kernels/optim/rprop.hpp"
#include "kernels/optim/sgd_momentum.hpp"

namespace lacuna {

namespace {

using Names = std::vector<std::string_view>;  // of what TrainedParameter::state holds

Names state_names(const AdamConfig&) {
  return {"mean", "mean_square"};
}
Names state_names(const SgdConfig&) {
  return {"velocity"};
}
Names state_names(const RPropConfig&) {
  return {"gradient", "step"};
}

}  // namespace

template <class T>
Optimizer<T>::Optimizer(DeviceContext& context, const OptimizerConfig& config,
                        const std::vector<Parameter*>& parameters, const L2Penalty& penalty,
                        double largest_norm)
    : context_(context),
      config_(config),
      largest_norm_(largest_norm),
      state_(Array<StepState>::copy_of(context.pool(), std::array{StepState{}})),
      scalars_(Array<double>::copy_of(context.pool(), std::array{0.0, 0.0})) {
  const Names names = std::visit([](const auto& c) { return state_names(c); }, config);
  for (const Parameter* parameter : parameters) {
    TrainedParameter<T> view{.value = parameter->value.data<T>(),
                             .gradient = parameter->gradient.data<T>(),
                             .state = {},
                             .size = parameter->value.size(),
                             .l2 = penalty.l2(*parameter),
                             .decay = penalty.decay(*parameter)};
    for (std::size_t i = 0; i < names.size(); ++i) {
      memory_.push_back({fmt::format("{}.{}", parameter->name, names[i]),
                         Tensor::zeros(context.pool(), dtype_of<T>(), parameter->value.shape())});
      view.state[i] = memory_.back().tensor.template data<T>();
    }
    if (const auto* rprop = std::get_if<RPropConfig>(&config)) {
      const std::vector<T> first(static_cast<std::size_t>(view.size),
                                 static_cast<T>(rprop->learning_rate));
      memory_.back().tensor.assign(std::as_bytes(std::span(first)));
    }
    views_.push_back(view);
  }
}

template <class T>
void Optimizer<T>::prepare(const StepInput& input) {
  context_.runtime().copy_to_device(&state_.data()->input, &input, sizeof(input));
}

template <class T>
void Optimizer<T>::clear_loss_sum() {
  context_.runtime().clear(&state_.data()->loss_sum, sizeof(double));
}

template <class T>
void Optimizer<T>::go_on(std::int64_t steps, double loss_sum) {
  StepState state;
  state.step = steps;
  state.loss_sum = loss_sum;
  state_.assign(std::array{state});
}

template <class T>
void Optimizer<T>::step(const double* loss) {
  double* no_loss = scalars_.data();
  gate_step<T>(context_.exec(), {views_, loss == nullptr ? no_loss : loss, state_.data()});
  if (largest_norm_ > 0) {
    gradient_norm<T>(context_.exec(), {views_, largest_norm_, state_.data(), scalars_.data() + 1});
  }
  std::visit([&](const auto& config) { update(config); }, config_);
}

template <class T>
void Optimizer<T>::update(const AdamConfig& config) {
  const AdamSettings settings{.learning_rate = config.learning_rate,
                              .beta1 = config.beta1,
                              .beta2 = config.beta2,
                              .epsilon = config.epsilon};
  adam<T>(context_.exec(), {settings, state_.data(), views_});
}

template <class T>
void Optimizer<T>::update(const SgdConfig& config) {
  const SgdSettings settings{.learning_rate = config.learning_rate, .momentum = config.momentum};
  sgd_momentum<T>(context_.exec(), {settings, state_.data(), views_});
}

template <class T>
void Optimizer<T>::update(const RPropConfig& config) {
  const RPropSettings settings{.increase = config.increase,
                               .decrease = config.decrease,
                               .smallest_step = config.smallest_step,
                               .largest_step = config.largest_step,
                               .learning_rate = config.learning_rate};
  rprop<T>(context_.exec(), {settings, state_.data(), views_});
}

template class Optimizer<float>;
template class Optimizer<double>;

}  // namespace lacuna
