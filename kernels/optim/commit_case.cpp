#include "kernels/case_data.hpp"
#include "kernels/optim/commit.hpp"

namespace lacuna {

namespace {

/// Bits of the mode.
enum Mode : int {
  plain = 0,
  late_start = 1,  ///< both arrays begin one element late
  stopped_clock = 2,
  all_bits = late_start | stopped_clock,
};

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const bool stopped = (s.mode & stopped_clock) != 0;
  const std::int64_t late = (s.mode & late_start) != 0 ? 1 : 0;
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  const auto size = static_cast<std::size_t>(s.rows - late);
  instance.inputs = {{"from", random_values<T>(s.rows, seed, 1)}};
  const auto start = std::make_shared<const std::vector<T>>(random_values<T>(s.rows, seed, 2));
  instance.outputs = {{"to", *start}};
  const auto clock = std::make_shared<const std::vector<Clock>>(
      1, Clock{.input = {}, .stopped = stopped ? stopped_by_loss : 0});
  const T* from = memory.array(instance.inputs[0].data);
  T* to = memory.array(instance.outputs[0].data);
  const T* before = memory.array(*start);
  const Clock* on_device = memory.array(*clock);
  instance.forward = [=](const ExecContext& ctx) {
    ctx.runtime->copy(to, before, static_cast<std::size_t>(s.rows) * sizeof(T));
    commit<T>(ctx, {{from + late, size}, {to + late, size}, on_device});
  };
  instance.collect = [clock] {};  // keeps it
  instance.reference = [=, host = instance.inputs[0].data.data()] {
    std::vector<double> out(start->begin(), start->end());
    for (std::int64_t i = late; i < s.rows && !stopped; ++i) {
      out[static_cast<std::size_t>(i)] = static_cast<double>(host[i]);
    }
    return std::vector<std::vector<double>>{out};
  };
  instance.bytes = static_cast<double>(2 * size * sizeof(T));
  return instance;
}

}  // namespace

OpCase commit_case() {
  std::vector<CaseShape> shapes{
      {.rows = 0}, {.rows = 1}, {.rows = 40011}, {.rows = 1, .mode = late_start}};
  for (int mode = plain; mode <= all_bits; ++mode) shapes.push_back({.rows = 132, .mode = mode});
  return {"commit", shapes, {{.rows = 1 << 24}}, make<float>, make<double>};
}

}  // namespace lacuna
