#include "kernels/optim/adam.hpp"
#include "kernels/optim/optimizer_case.hpp"

namespace lacuna {

namespace {

constexpr AdamSettings settings{.learning_rate = 0.01};

double learning_rate() {
  return case_input().rate * settings.learning_rate;
}

void element(double& value, double gradient, double& m, double& v, double l2, double decay) {
  const double g = case_state().gradient_scale * (gradient + l2 * value);
  value *= 1 - learning_rate() * decay;
  m = settings.beta1 * m + (1 - settings.beta1) * g;
  v = settings.beta2 * v + (1 - settings.beta2) * g * g;
  const double corrected_m = m / (1 - std::pow(settings.beta1, case_state().step));
  const double corrected_v = v / (1 - std::pow(settings.beta2, case_state().step));
  value -= learning_rate() * corrected_m / (std::sqrt(corrected_v) + settings.epsilon);
}

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const auto kernel = [](const ExecContext& ctx, const Clock* clock, const OptimizerState* state,
                         std::span<const TrainedParameter<T>> parameters) {
    adam<T>(ctx, {settings, clock, state, parameters});
  };
  return make_optimizer_case<T>(s, seed, runtime, kernel, element);
}

}  // namespace

OpCase adam_case() {
  return {"adam", optimizer_test_shapes(), optimizer_bench_shapes(), make<float>, make<double>};
}

}  // namespace lacuna
