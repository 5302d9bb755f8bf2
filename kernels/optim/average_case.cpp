#include "kernels/case_data.hpp"
#include "kernels/optim/average.hpp"
#include "kernels/optim/case_pieces.hpp"

namespace lacuna {

namespace {

/// What the clock says.
enum Mode : int { first_step = 0, early_step = 1, late_step = 2, stopped_clock = 3 };

constexpr double decay = 0.9;

Clock clock_of(const CaseShape& s) {
  const std::int64_t step = s.mode == first_step ? 0 : (s.mode == early_step ? 4 : 1000);
  return {.input = {.step = step}, .stopped = s.mode == stopped_clock ? stopped_by_loss : 0};
}

double share_of(const CaseShape& s) {
  switch (s.mode) {
    case first_step:
      return 1;
    case early_step:
      return 0.2;
    case late_step:
      return 0.1;
    default:
      return 0;
  }
}

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  const auto start = std::make_shared<const std::vector<T>>(random_values<T>(s.rows, seed, 2));
  instance.inputs = {{"value", random_values<T>(s.rows, seed, 1)}};
  instance.outputs = {{"average", *start}};
  const auto clock = std::make_shared<const std::vector<Clock>>(1, clock_of(s));
  T* value = memory.array(instance.inputs[0].data);
  T* mean = memory.array(instance.outputs[0].data);
  const T* before = memory.array(*start);
  std::vector<TrainedParameter<T>> parameters;
  for (std::int64_t piece = 0; piece < pieces_of(s); ++piece) {
    const std::int64_t begin = piece_begin(s, s.rows, piece);
    parameters.push_back({.value = value + begin,
                          .state = {mean + begin},
                          .size = piece_begin(s, s.rows, piece + 1) - begin});
  }
  const Clock* on_device = memory.array(*clock);
  instance.forward = [=, held = std::pair(clock, start)](const ExecContext& ctx) {
    ctx.runtime->copy(mean, before, static_cast<std::size_t>(s.rows) * sizeof(T));
    average<T>(ctx, {decay, on_device, parameters});
  };
  instance.reference = [=, values = instance.inputs[0].data.data()] {
    std::vector<double> out;
    for (std::int64_t i = 0; i < s.rows; ++i) {
      const auto old = static_cast<double>((*start)[static_cast<std::size_t>(i)]);
      out.push_back(old + share_of(s) * (static_cast<double>(values[i]) - old));
    }
    return std::vector<std::vector<double>>{out};
  };
  instance.bytes = static_cast<double>(3 * s.rows * std::int64_t{sizeof(T)});
  return instance;
}

}  // namespace

OpCase average_case() {
  return {"average",
          {{.rows = 0},
           {.rows = 1, .mode = first_step},
           {.rows = 20011, .mode = first_step},
           {.rows = 20011, .mode = early_step},
           {.rows = 20011, .mode = late_step},
           {.rows = 131, .mode = stopped_clock},
           {.rows = 1500, .units = 75, .mode = late_step}},
          {{.rows = 6040000, .mode = late_step}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
