#include "kernels/optim/optimizer_case.hpp"
#include "kernels/optim/sgd_momentum.hpp"

namespace lacuna {

namespace {

constexpr SgdSettings settings{.learning_rate = 0.01, .momentum = 0.8};

double learning_rate() {
  return case_input().rate * settings.learning_rate;
}

void element(double& value, double gradient, double& velocity, double&, double l2, double decay) {
  const double g = case_state().gradient_scale * (gradient + l2 * value);
  value *= 1 - learning_rate() * decay;
  velocity = settings.momentum * velocity + g;
  value -= learning_rate() * velocity;
}

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const auto kernel = [](const ExecContext& ctx, const Clock* clock, const OptimizerState* state,
                         std::span<const TrainedParameter<T>> parameters) {
    sgd_momentum<T>(ctx, {settings, clock, state, parameters});
  };
  return make_optimizer_case<T>(s, seed, runtime, kernel, element);
}

}  // namespace

OpCase sgd_momentum_case() {
  return {"sgd_momentum", optimizer_test_shapes(), optimizer_bench_shapes(), make<float>,
          make<double>};
}

}  // namespace lacuna
