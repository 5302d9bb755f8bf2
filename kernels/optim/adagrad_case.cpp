#include "kernels/optim/adagrad.hpp"
#include "kernels/optim/optimizer_case.hpp"

namespace lacuna {

namespace {

constexpr AdaGradSettings settings{.learning_rate = 0.01};

double learning_rate() {
  return case_input().rate * settings.learning_rate;
}

void element(double& value, double gradient, double& sum, double&, double l2, double decay) {
  const double g = case_state().gradient_scale * (gradient + l2 * value);
  value *= 1 - learning_rate() * decay;
  sum += g * g;
  value -= learning_rate() * g / (std::sqrt(sum) + settings.epsilon);
}

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const auto kernel = [](const ExecContext& ctx, const Clock* clock, const OptimizerState* state,
                         std::span<const TrainedParameter<T>> parameters) {
    adagrad<T>(ctx, {settings, clock, state, parameters});
  };
  return make_optimizer_case<T>(s, seed, runtime, kernel, element, {true, true});
}

}  // namespace

OpCase adagrad_case() {
  return {"adagrad", optimizer_test_shapes(), optimizer_bench_shapes(), make<float>, make<double>};
}

}  // namespace lacuna
