#include "runtime/optim/optimizer.hpp"

#include <fmt/format.h>

#include <array>
#include <span>
#include <string_view>

#include "kernels/optim/adagrad.hpp"
#include "kernels/optim/adam.hpp"
#include "kernels/optim/gate_step.hpp"
#include "kernels/optim/rmsprop.hpp"
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
Names state_names(const RMSPropConfig&) {
  return {"velocity", "mean_square"};
}
Names state_names(const AdaGradConfig&) {
  return {"sum_of_squares"};
}
Names state_names(const RPropConfig&) {
  return {"gradient", "step"};
}

/// What the steps of all optimisers have in common.
template <class T>
struct Update {
  const ExecContext& ctx;
  const Clock* clock;
  const OptimizerState* state;
  std::span<const TrainedParameter<T>> parameters;

  void operator()(const AdamConfig& config) const {
    const AdamSettings settings{.learning_rate = config.learning_rate,
                                .beta1 = config.beta1,
                                .beta2 = config.beta2,
                                .epsilon = config.epsilon};
    adam<T>(ctx, {settings, clock, state, parameters});
  }
  void operator()(const SgdConfig& config) const {
    const SgdSettings settings{.learning_rate = config.learning_rate, .momentum = config.momentum};
    sgd_momentum<T>(ctx, {settings, clock, state, parameters});
  }
  void operator()(const RMSPropConfig& config) const {
    const RMSPropSettings settings{.learning_rate = config.learning_rate,
                                   .decay = config.decay,
                                   .momentum = config.momentum,
                                   .epsilon = config.epsilon};
    rmsprop<T>(ctx, {settings, clock, state, parameters});
  }
  void operator()(const AdaGradConfig& config) const {
    const AdaGradSettings settings{.learning_rate = config.learning_rate,
                                   .epsilon = config.epsilon};
    adagrad<T>(ctx, {settings, clock, state, parameters});
  }
  void operator()(const RPropConfig& config) const {
    const RPropSettings settings{.increase = config.increase,
                                 .decrease = config.decrease,
                                 .smallest_step = config.smallest_step,
                                 .largest_step = config.largest_step,
                                 .learning_rate = config.learning_rate};
    rprop<T>(ctx, {settings, clock, state, parameters});
  }
};

void fill(const Tensor& tensor, double value) {
  with_dtype(tensor.dtype(), [&]<class T>() {
    const std::vector<T> values(static_cast<std::size_t>(tensor.size()), static_cast<T>(value));
    tensor.assign(std::as_bytes(std::span(values)));
  });
}

}  // namespace

Optimizer::Optimizer(DeviceContext& context, const OptimizerConfig& config,
                     std::vector<Parameter*> parameters, const L2Penalty& penalty,
                     double largest_norm)
    : context_(context),
      config_(config),
      parameters_(std::move(parameters)),
      largest_norm_(largest_norm),
      state_(Array<OptimizerState>::copy_of(context.pool(), std::array{OptimizerState{}})) {
  with_dtype(parameters_.at(0)->value.dtype(), [&]<class T>() { views_ = views_of<T>(penalty); });
}

template <class T>
std::vector<TrainedParameter<T>> Optimizer::views_of(const L2Penalty& penalty) {
  const Names names = std::visit([](const auto& c) { return state_names(c); }, config_);
  std::vector<TrainedParameter<T>> views;
  for (const Parameter* parameter : parameters_) {
    TrainedParameter<T> view{.value = parameter->value.data<T>(),
                             .gradient = parameter->gradient.data<T>(),
                             .state = {},
                             .size = parameter->value.size(),
                             .l2 = penalty.l2(*parameter),
                             .decay = penalty.decay(*parameter)};
    for (std::size_t i = 0; i < names.size(); ++i) {
      memory_.push_back({fmt::format("{}.{}", parameter->name, names[i]),
                         Tensor::zeros(context_.pool(), dtype_of<T>(), parameter->value.shape())});
      view.state[i] = memory_.back().tensor.template data<T>();
    }
    if (const auto* rprop = std::get_if<RPropConfig>(&config_)) {
      fill(memory_.back().tensor, rprop->learning_rate);
    }
    views.push_back(view);
  }
  return views;
}

void Optimizer::restore(std::int64_t steps) {
  OptimizerState state;
  state.step = steps;
  state_.assign(std::array{state});
}

template <class T>
void Optimizer::step(const TrainingClock& clock, const LossSum* terms, std::size_t count,
                     PlayerPlace place) {
  const std::span<const TrainedParameter<T>> parameters =
      std::get<std::vector<TrainedParameter<T>>>(views_);
  const ExecContext& ctx = context_.exec();
  gate_step<T>(ctx, {.parameters = parameters,
                     .first_parameter = static_cast<std::int64_t>(place.parameter),
                     .terms = terms,
                     .sums = clock.sums() + place.term,
                     .n_terms = static_cast<std::int64_t>(count),
                     .first_term = static_cast<std::int64_t>(place.term),
                     .largest = largest_norm_,
                     .clock = clock.data(),
                     .state = state_.data()});
  std::visit(Update<T>{ctx, clock.data(), state_.data(), parameters}, config_);
}

void Optimizer::step(const TrainingClock& clock, const Program& program, PlayerPlace place) {
  with_dtype(program.dtype(), [&]<class T>() {
    step<T>(clock, program.loss_sums().data(), program.losses().size(), place);
  });
}

void Optimizer::step(const TrainingClock& clock) {
  with_dtype(parameters_.front()->value.dtype(),
             [&]<class T>() { step<T>(clock, nullptr, 0, {}); });
}

}  // namespace lacuna
