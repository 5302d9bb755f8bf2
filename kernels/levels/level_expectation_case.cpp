#include "kernels/levels/level_case.hpp"
#include "kernels/levels/level_expectation.hpp"

namespace lacuna {

namespace {

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const std::int64_t levels = levels_of(s);
  const auto value = std::make_shared<const std::vector<T>>(level_values<T>(levels));
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"score", random_values<T>(s.rows * s.cols * levels, seed, 1)}};
  for (T& score : instance.inputs[0].data) score *= T(8);
  instance.outputs = {{"y", std::vector<T>(static_cast<std::size_t>(s.rows * s.cols))}};
  const LevelExpectation<T> op{
      .score = memory.matrix(instance.inputs[0].data, s.rows, s.cols * levels, s.padding),
      .levels = {memory.array(*value), levels},
      .cumulative = cost_of(s).cumulative,
      .y = memory.matrix(instance.outputs[0].data, s.rows, s.cols, s.padding)};
  instance.forward = [op, value](const ExecContext& ctx) { level_expectation<T>(ctx, op); };
  instance.reference = [=, score = instance.inputs[0].data.data()] {
    const std::vector<double> values(value->begin(), value->end());
    std::vector<double> y;
    for (std::int64_t cell = 0; cell < s.rows * s.cols; ++cell) {
      const T* own = score + cell * levels;
      const auto sums = summed(std::vector<double>(own, own + levels), op.cumulative);
      y.push_back(expected_level(sums, values));
    }
    return std::vector<std::vector<double>>{y};
  };
  instance.reduction_length = levels;
  instance.bytes = static_cast<double>(s.rows * s.cols * (levels + 1) * std::int64_t{sizeof(T)});
  return instance;
}

}  // namespace

OpCase level_expectation_case() {
  return {"level_expectation",
          {{.rows = 3, .cols = 300, .mode = with_levels(5)},
           {.rows = 3, .cols = 11, .mode = with_levels(5, cumulative_scores), .padding = 3},
           {.rows = 2, .cols = 9, .mode = with_levels(64)},
           {.rows = 1, .cols = 1, .mode = with_levels(1)},
           {.rows = 0, .cols = 5, .mode = with_levels(5)},
           {.rows = 5, .cols = 0, .mode = with_levels(5)}},
          {{.rows = 64, .cols = 6040, .mode = with_levels(5)}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
