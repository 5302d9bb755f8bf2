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
      clock_(Array<Clock>::copy_of(context.pool(), std::array{Clock{}})),
      state_(Array<OptimizerState>::copy_of(context.pool(), std::array{OptimizerState{}})),
      loss_sum_(Array<LossSum>::copy_of(context.pool(), std::array{LossSum{}})),
      norm_(context.pool(), 1) {
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
  context_.runtime().copy_to_device(&clock_.data()->input, &input, sizeof(input));
}

template <class T>
void Optimizer<T>::clear_loss_sum() {
  context_.runtime().clear(loss_sum_.data(), sizeof(LossSum));
}

template <class T>
void Optimizer<T>::go_on(std::int64_t steps, double loss_sum) {
  clock_.assign(std::array{Clock{}});
  state_.assign(std::array{OptimizerState{.step = steps}});
  loss_sum_.assign(std::array{LossSum{.sum = loss_sum}});
}

template <class T>
StepsTaken Optimizer<T>::state() const {
  const Clock clock = clock_.to_host().at(0);
  return {.step = state_.to_host().at(0).step,
          .loss_sum = loss_sum_.to_host().at(0).sum,
          .stopped = clock.stopped,
          .culprit = clock.culprit};
}

template <class T>
void Optimizer<T>::step(const LossSum* loss) {
  gate_step<T>(context_.exec(), {.parameters = views_,
                                 .terms = loss,
                                 .sums = loss_sum_.data(),
                                 .n_terms = loss == nullptr ? 0 : 1,
                                 .clock = clock_.data(),
                                 .state = state_.data()});
  if (largest_norm_ > 0) {
    gradient_norm<T>(context_.exec(),
                     {views_, largest_norm_, clock_.data(), state_.data(), norm_.data()});
  }
  std::visit([&](const auto& config) { update(config); }, config_);
}

template <class T>
void Optimizer<T>::update(const AdamConfig& config) {
  const AdamSettings settings{.learning_rate = config.learning_rate,
                              .beta1 = config.beta1,
                              .beta2 = config.beta2,
                              .epsilon = config.epsilon};
  adam<T>(context_.exec(), {settings, clock_.data(), state_.data(), views_});
}

template <class T>
void Optimizer<T>::update(const SgdConfig& config) {
  const SgdSettings settings{.learning_rate = config.learning_rate, .momentum = config.momentum};
  sgd_momentum<T>(context_.exec(), {settings, clock_.data(), state_.data(), views_});
}

template <class T>
void Optimizer<T>::update(const RPropConfig& config) {
  const RPropSettings settings{.increase = config.increase,
                               .decrease = config.decrease,
                               .smallest_step = config.smallest_step,
                               .largest_step = config.largest_step,
                               .learning_rate = config.learning_rate};
  rprop<T>(context_.exec(), {settings, clock_.data(), state_.data(), views_});
}

template class Optimizer<float>;
template class Optimizer<double>;

}  // namespace lacuna
