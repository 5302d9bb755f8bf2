#include <limits>
#include <utility>

#include "kernels/case_data.hpp"
#include "kernels/optim/case_pieces.hpp"
#include "kernels/optim/gate_step.hpp"

namespace lacuna {

namespace {

constexpr double loss = 1.5;
constexpr std::uint32_t arrays = 3;

/// The parameters are the pieces of three arrays. Bits of the mode: 1 the loss is NaN, 2 array 1's
/// last gradient is infinite, 4 array 2's first is NaN, 8 an earlier step was stopped.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  for (std::uint32_t i = 0; i < arrays; ++i) {
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

  std::vector<TrainedParameter<T>> parameters;
  for (auto& input : instance.inputs) {
    const T* gradient = memory.array(input.data);
    const auto size = static_cast<std::int64_t>(input.data.size());
    for (std::int64_t piece = 0; piece < pieces_of(s); ++piece) {
      const std::int64_t begin = piece_begin(s, size, piece);
      parameters.push_back({.value = nullptr,
                            .gradient = gradient + begin,
                            .state = {},
                            .size = piece_begin(s, size, piece + 1) - begin});
    }
  }
  const double* device_loss = memory.array(*given);
  StepState* device_state = memory.array(*state);
  instance.forward = [=](const ExecContext& ctx) {
    gate_step<T>(ctx, {parameters, device_loss, device_state});
  };
  instance.collect = [start, given, state, out = instance.outputs[0].data.data()] {
    const StepState now = std::exchange((*state)[0], start);
    out[0] = static_cast<T>(now.step);
    out[1] = static_cast<T>(now.loss_sum);
    out[2] = static_cast<T>(now.gradient_scale);
    out[3] = static_cast<T>(now.stopped);
  };
  instance.reference = [mode = s.mode, first_of_2 = 2 * pieces_of(s)] {
    double stopped = 0;
    if ((mode & 4) != 0) stopped = static_cast<double>(stopped_by_gradient + first_of_2);
    if ((mode & 2) != 0) stopped = static_cast<double>(stopped_by_gradient + first_of_2 - 1);
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
  // 90 parameters, of which a launch takes 60: the first of the second launch is bad, then the last
  // of the first one, too.
  for (const int mode : {4, 6}) shapes.push_back({.rows = 131, .units = 30, .mode = mode});
  return {"gate_step", shapes, {{.rows = 2010000}}, make<float>, make<double>};
}

}  // namespace lacuna
