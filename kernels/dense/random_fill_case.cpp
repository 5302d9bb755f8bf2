#include <cmath>
#include <numbers>

#include "kernels/case_data.hpp"
#include "kernels/dense/random_fill.hpp"

namespace lacuna {

namespace {

std::vector<std::vector<double>> reference(std::int64_t count, const RandomStream& stream) {
  std::vector<std::vector<double>> out(2);
  for (std::int64_t i = 0; i < count; ++i) {
    const auto word = philox(stream, static_cast<std::uint64_t>(i / 4));
    const auto lane = static_cast<std::size_t>(i % 4);
    const std::size_t pair = lane / 2 * 2;
    out[0].push_back(-1 + 3 * open_uniform(word[lane]));
    const double radius = std::sqrt(-2 * std::log(open_uniform(word[pair])));
    const double angle = 2 * std::numbers::pi * open_uniform(word[pair + 1]);
    out[1].push_back(0.5 + 2 * radius * (lane == pair ? std::cos(angle) : std::sin(angle)));
  }
  return out;
}

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const auto size = static_cast<std::size_t>(s.rows);
  const RandomStream stream{seed, 5, 2};
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.outputs = {{"uniform", std::vector<T>(size)}, {"normal", std::vector<T>(size)}};
  T* uniform = memory.array(instance.outputs[0].data);
  T* normal = memory.array(instance.outputs[1].data);
  instance.forward = [=](const ExecContext& ctx) {
    fill_uniform<T>(ctx, {stream, T(-1), T(2), {uniform, size}});
    fill_normal<T>(ctx, {stream, T(0.5), T(2), {normal, size}});
  };
  instance.reference = [=] { return reference(s.rows, stream); };
  instance.bytes = static_cast<double>(2 * size * sizeof(T));
  instance.operations = static_cast<double>(size) * 60;
  return instance;
}

}  // namespace

OpCase random_fill_case() {
  return {"random_fill",
          {{.rows = 0}, {.rows = 1}, {.rows = 3}, {.rows = 4}, {.rows = 1031}, {.rows = 4098}},
          {{.rows = 1 << 22}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
