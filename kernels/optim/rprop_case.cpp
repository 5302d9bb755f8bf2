#include "kernels/optim/optimizer_case.hpp"
#include "kernels/optim/rprop.hpp"

namespace lacuna {

namespace {

constexpr RPropSettings settings{.smallest_step = 0.1, .largest_step = 0.7, .learning_rate = 0.5};

double learning_rate() {
  return case_input().rate * settings.learning_rate;
}

void element(double& value, double gradient, double& previous, double& step, double l2,
             double decay) {
  double g = case_state().gradient_scale * (gradient + l2 * value);
  value *= 1 - learning_rate() * decay;
  if (previous * g > 0) step = std::min(settings.increase * step, settings.largest_step);
  if (previous * g < 0) {
    step = std::max(settings.decrease * step, settings.smallest_step);
    g = 0;
  }
  if (g != 0) value -= std::copysign(step, g);
  previous = g;
}

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const auto kernel = [](const ExecContext& ctx, const Clock* clock, const OptimizerState* state,
                         std::span<const TrainedParameter<T>> parameters) {
    rprop<T>(ctx, {settings, clock, state, parameters});
  };
  return make_optimizer_case<T>(s, seed, runtime, kernel, element);
}

}  // namespace

OpCase rprop_case() {
  return {"rprop", optimizer_test_shapes(), optimizer_bench_shapes(), make<float>, make<double>};
}

}  // namespace lacuna
