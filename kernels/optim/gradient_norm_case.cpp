#include "kernels/case_data.hpp"
#include "kernels/optim/case_pieces.hpp"
#include "kernels/optim/gradient_norm.hpp"

namespace lacuna {

namespace {

constexpr double l2 = 0.3;
constexpr double penalty_share = 0.7;
constexpr double largest = 2;

/// A case's parameters are pieces of one array; every other one has a penalty.
double l2_of(std::int64_t piece) {
  return piece % 2 == 0 ? l2 : 0;
}

double norm_of(const CaseShape& s, const auto* value, const auto* gradient) {
  double squares = 0;
  for (std::int64_t piece = 0; piece < pieces_of(s); ++piece) {
    const std::int64_t end = piece_begin(s, s.rows, piece + 1);
    for (std::int64_t i = piece_begin(s, s.rows, piece); i < end; ++i) {
      const double g = static_cast<double>(gradient[i]) +
                       penalty_share * l2_of(piece) * static_cast<double>(value[i]);
      squares += g * g;
    }
  }
  return std::sqrt(squares);
}

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"value", random_values<T>(s.rows, seed, 1)},
                     {"gradient", random_values<T>(s.rows, seed, 2)}};
  instance.outputs = {{"norm", {T(0)}}, {"gradient_scale", {T(0)}}};
  T* value = memory.array(instance.inputs[0].data);
  const T* gradient = memory.array(instance.inputs[1].data);
  const auto norm = std::make_shared<std::vector<double>>(1);
  const auto clock = std::make_shared<const std::vector<Clock>>(
      1, Clock{.input = {.penalty_share = penalty_share}});
  const auto state =
      std::make_shared<std::vector<OptimizerState>>(1, OptimizerState{.gradient_scale = 7});
  double* device_norm = memory.array(*norm);
  const Clock* device_clock = memory.array(*clock);
  OptimizerState* device_state = memory.array(*state);
  std::vector<TrainedParameter<T>> parameters;
  for (std::int64_t piece = 0; piece < pieces_of(s); ++piece) {
    const std::int64_t begin = piece_begin(s, s.rows, piece);
    parameters.push_back({.value = value + begin,
                          .gradient = gradient + begin,
                          .state = {},
                          .size = piece_begin(s, s.rows, piece + 1) - begin,
                          .l2 = l2_of(piece)});
  }
  instance.forward = [=, kept = clock](const ExecContext& ctx) {
    gradient_norm<T>(ctx, {parameters, largest, device_clock, device_state, device_norm});
  };
  instance.collect = [=, out = instance.outputs[0].data.data(),
                      scale = instance.outputs[1].data.data()] {
    *out = static_cast<T>((*norm)[0]);
    *scale = static_cast<T>((*state)[0].gradient_scale);
  };
  instance.reference = [s, value = instance.inputs[0].data.data(),
                        gradient = instance.inputs[1].data.data()] {
    const double length = norm_of(s, value, gradient);
    return std::vector<std::vector<double>>{{length}, {std::min(1.0, largest / length)}};
  };
  instance.reduction_length = s.rows;
  instance.bytes = static_cast<double>(2 * s.rows * std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(4 * s.rows);
  return instance;
}

}  // namespace

OpCase gradient_norm_case() {
  return {"gradient_norm",
          {{.rows = 0},
           {.rows = 1},
           {.rows = 4097},
           {.rows = 20011},
           {.rows = 20011, .units = 7},
           {.rows = 150, .units = 200},
           {.rows = 0, .units = 3}},
          {{.rows = 6040000}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
