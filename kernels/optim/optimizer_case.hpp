#pragma once

#include <span>

#include "kernels/case_data.hpp"
#include "kernels/optim/case_pieces.hpp"
#include "kernels/optim/clock.hpp"
#include "kernels/optim/optimizer_state.hpp"
#include "kernels/optim/trained_parameter.hpp"

/// What the cases of all optimisers share: two parameters of different size, or as many pieces of
/// each as the shape has units; the first plain, the second with a penalty and decoupled decay.
namespace lacuna {

constexpr double case_l2(std::size_t array) {
  return array == 1 ? 0.3 : 0.0;
}
constexpr double case_decay(std::size_t array) {
  return array == 1 ? 0.05 : 0.0;
}

inline StepInput case_input() {
  return {.rate = 0.5, .penalty_share = 0.7};
}
inline OptimizerState case_state() {
  return {.step = 3, .gradient_scale = 0.5};
}

/// `kernel(ctx, clock, state, parameters)` is the op; `element(value, gradient, state0, state1, l2,
/// decay)` does to one element, in double, what it should; `positive`: states that are squares or
/// sizes.
template <class T, class Kernel, class Element>
CaseInstance<T> make_optimizer_case(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime,
                                    Kernel kernel, Element element,
                                    std::array<bool, 2> positive = {false, true}) {
  CaseInstance<T> instance(runtime);
  for (std::uint32_t i = 0; i < 8; ++i) {
    static constexpr std::array names{"value", "gradient", "state 0", "state 1"};
    std::vector<T> data = random_values<T>(i < 4 ? s.rows : s.cols, seed, i);
    if (i % 4 >= 2 && positive[i % 4 - 2]) {
      std::ranges::transform(data, data.begin(), [](T x) { return x * x; });
    }
    instance.inputs.push_back({names[i % 4], std::move(data)});
  }
  instance.outputs = instance.inputs;
  const auto inputs = std::make_shared<const std::vector<CaseBuffer<T>>>(instance.inputs);
  std::vector<T*> data;
  for (auto& buffer : instance.outputs) data.push_back(instance.memory->array(buffer.data));
  std::vector<TrainedParameter<T>> parameters;
  for (std::size_t p = 0; p < 2; ++p) {
    const std::int64_t size = p == 0 ? s.rows : s.cols;
    for (std::int64_t piece = 0; piece < pieces_of(s); ++piece) {
      const std::int64_t begin = piece_begin(s, size, piece);
      parameters.push_back({.value = data[4 * p] + begin,
                            .gradient = data[4 * p + 1] + begin,
                            .state = {data[4 * p + 2] + begin, data[4 * p + 3] + begin},
                            .size = piece_begin(s, size, piece + 1) - begin,
                            .l2 = case_l2(p),
                            .decay = case_decay(p)});
    }
  }
  const auto clock = std::make_shared<const std::vector<Clock>>(1, Clock{.input = case_input()});
  const auto state = std::make_shared<const std::vector<OptimizerState>>(1, case_state());
  const Clock* device_clock = instance.memory->array(*clock);
  const OptimizerState* device_state = instance.memory->array(*state);
  instance.forward = [=, kept = std::pair(clock, state)](const ExecContext& ctx) {
    kernel(ctx, device_clock, device_state, std::span<const TrainedParameter<T>>(parameters));
  };
  instance.reference = [=] {
    std::vector<std::vector<double>> values;
    for (const auto& buffer : *inputs) values.emplace_back(buffer.data.begin(), buffer.data.end());
    for (std::size_t p = 0; p < 2; ++p) {
      for (std::size_t i = 0; i < values[4 * p].size(); ++i) {
        element(values[4 * p][i], values[4 * p + 1][i], values[4 * p + 2][i], values[4 * p + 3][i],
                case_input().penalty_share * case_l2(p), case_decay(p));
      }
    }
    return values;
  };
  instance.reduction_length = 8;  // a chain of roundings, no sum
  instance.bytes = static_cast<double>(7 * (s.rows + s.cols) * std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(14 * (s.rows + s.cols));
  return instance;
}

inline std::vector<CaseShape> optimizer_test_shapes() {
  return {{.rows = 0, .cols = 1},
          {.rows = 1, .cols = 7},
          {.rows = 20011, .cols = 131},
          {.rows = 150, .cols = 31, .units = 35}};
}
inline std::vector<CaseShape> optimizer_bench_shapes() {
  return {{.rows = 3020000, .cols = 3020000}};
}

}  // namespace lacuna
