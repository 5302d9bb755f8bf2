#include "kernels/case_data.hpp"
#include "kernels/dense/add.hpp"

namespace lacuna {

namespace {

/// The mode is a number: how many elements into their arrays x and y begin.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  const std::int64_t first = s.mode;
  const std::int64_t size = s.rows - first;
  instance.inputs = {{"x", random_values<T>(s.rows, seed, 1)}};
  const auto start = std::make_shared<const std::vector<T>>(random_values<T>(s.rows, seed, 2));
  instance.outputs = {{"y", *start}};
  const T* x = memory.array(instance.inputs[0].data);
  T* y = memory.array(instance.outputs[0].data);
  const T* from = memory.array(*start);
  instance.forward = [=](const ExecContext& ctx) {
    ctx.runtime->copy(y, from, static_cast<std::size_t>(s.rows) * sizeof(T));
    add<T>(ctx, {{x + first, static_cast<std::size_t>(size)}, y + first});
  };
  instance.reference = [=, host = instance.inputs[0].data.data()] {
    std::vector<double> out(start->begin(), start->end());
    for (std::int64_t i = first; i < s.rows; ++i) {
      out[static_cast<std::size_t>(i)] += static_cast<double>(host[i]);
    }
    return std::vector<std::vector<double>>{out};
  };
  instance.bytes = static_cast<double>(3 * size * std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(size);
  return instance;
}

}  // namespace

OpCase add_case() {
  return {"add",
          {{.rows = 0}, {.rows = 1}, {.rows = 131}, {.rows = 132, .mode = 1}, {.rows = 40011}},
          {{.rows = 1 << 24}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
