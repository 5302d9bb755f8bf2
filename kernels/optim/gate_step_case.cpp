#include <limits>
#include <utility>

#include "kernels/case_data.hpp"
#include "kernels/optim/gate_step.hpp"

namespace lacuna {

namespace {

constexpr double loss = 1.5;
constexpr std::int64_t parameters = 3;

/// Bits of the mode: 1 the loss is NaN, 2 parameter 1's last gradient is infinite, 4 parameter 2's
/// first is NaN, 8 an earlier step was stopped.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  for (std::uint32_t i = 0; i < parameters; ++i) {
    instance.inputs.push_back({"gradient", random_values<T>(s.rows + 5 * i, seed, i)});
  }
  auto& infinite = instance.inputs[1].data;
  if ((s.mode & 2) != 0) infinite.back() = -std::numeric_limits<T>::infinity();
  if ((s.mode & 4) != 0) instance.inputs[2].data[0] = std::numeric_limits<T>::quiet_NaN();
  instance.outputs = {{"step, loss_sum, gradient_scale, stopped", std::vector<T>(4)}};
  StepState start{.step = 4, .gradient_scale = 0.25, .loss_sum = 10};
  if ((s.mode & 8) != 0) start.stopped = 9;
  const auto given = std::make_shared<const std::vector<double>>(
      1, (s.mode & 1) != 0 ? std::numeric_limits<double>::quiet_NaN() : loss);
  const auto state = std::make_shared<std::vector<StepState>>(1, start);

  std::array<TrainedParameter<T>, parameters> list;
  for (std::size_t i = 0; i < list.size(); ++i) {
    list[i].gradient = memory.array(instance.inputs[i].data);
    list[i].size = static_cast<std::int64_t>(instance.inputs[i].data.size());
  }
  const double* device_loss = memory.array(*given);
  StepState* device_state = memory.array(*state);
  instance.forward = [=](const ExecContext& ctx) {
    gate_step<T>(ctx, {list, device_loss, device_state});
  };
  instance.collect = [start, given, state, out = instance.outputs[0].data.data()] {
    const StepState now = std::exchange((*state)[0], start);
    out[0] = static_cast<T>(now.step);
    out[1] = static_cast<T>(now.loss_sum);
    out[2] = static_cast<T>(now.gradient_scale);
    out[3] = static_cast<T>(now.stopped);
  };
  instance.reference = [mode = s.mode] {
    double stopped = 0;
    if ((mode & 4) != 0) stopped = stopped_by_gradient + 2;
    if ((mode & 2) != 0) stopped = stopped_by_gradient + 1;
    if ((mode & 1) != 0) stopped = stopped_by_loss;
    if ((mode & 8) != 0) stopped = 9;
    if (stopped == 0) return std::vector<std::vector<double>>{{5, 10 + loss, 1, 0}};
    return std::vector<std::vector<double>>{{4, 10, 0.25, stopped}};
  };
  instance.bytes = static_cast<double>((3 * s.rows + 15) * std::int64_t{sizeof(T)});
  return instance;
}

}  // namespace

OpCase gate_step_case() {
  std::vector<CaseShape> shapes{{.rows = 0}, {.rows = 0, .mode = 1}, {.rows = 20011, .mode = 2}};
  for (int mode = 0; mode < 16; ++mode) shapes.push_back({.rows = 131, .mode = mode});
  return {"gate_step", shapes, {{.rows = 2010000}}, make<float>, make<double>};
}

}  // namespace lacuna
