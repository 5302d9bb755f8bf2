#include "kernels/optim/optimizer_case.hpp"
#include "kernels/optim/rmsprop.hpp"

namespace lacuna {

namespace {

constexpr RMSPropSettings settings{.learning_rate = 0.01, .decay = 0.9, .momentum = 0.5};

double learning_rate() {
  return case_input().rate * settings.learning_rate;
}

void element(double& value, double gradient, double& velocity, double& mean_square, double l2,
             double decay) {
  const double g = case_state().gradient_scale * (gradient + l2 * value);
  value *= 1 - learning_rate() * decay;
  mean_square = settings.decay * mean_square + (1 - settings.decay) * g * g;
  velocity = settings.momentum * velocity + g / (std::sqrt(mean_square) + settings.epsilon);
  value -= learning_rate() * velocity;
}

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const auto kernel = [](const ExecContext& ctx, const Clock* clock, const OptimizerState* state,
                         std::span<const TrainedParameter<T>> parameters) {
    rmsprop<T>(ctx, {settings, clock, state, parameters});
  };
  return make_optimizer_case<T>(s, seed, runtime, kernel, element);
}

}  // namespace

OpCase rmsprop_case() {
  return {"rmsprop", optimizer_test_shapes(), optimizer_bench_shapes(), make<float>, make<double>};
}

}  // namespace lacuna
