#include "kernels/case_data.hpp"
#include "kernels/null/null.hpp"

namespace lacuna {

namespace {

/// Inputs by (shape, seed), the op and its reference in double: tests and benchmarks are made of
/// it.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const auto cells = static_cast<std::size_t>(s.rows * s.cols);
  CaseInstance<T> instance(runtime);
  instance.inputs = {{"x", random_values<T>(s.rows * s.cols, seed, 1)}};
  instance.outputs = {{"y", std::vector<T>(cells)}};
  instance.cotangents = {{"y", random_values<T>(s.rows * s.cols, seed, 2)}};
  instance.gradients = {{"x", std::vector<T>(cells)}};
  const auto matrix = [&](CaseBuffer<T>& buffer) {
    return instance.memory->matrix(buffer.data, s.rows, s.cols, s.padding);
  };
  const Null<T> op{.x = matrix(instance.inputs[0]), .y = matrix(instance.outputs[0])};
  const NullBackward<T> backward{.dy = matrix(instance.cotangents[0]),
                                 .dx = matrix(instance.gradients[0])};
  instance.forward = [=](const ExecContext& ctx) { null<T>(ctx, op); };
  instance.backward = [=](const ExecContext& ctx) { null_backward<T>(ctx, backward); };
  instance.reference = [cells, host = instance.inputs[0].data.data()] {
    return std::vector<std::vector<double>>{{host, host + cells}};
  };
  instance.bytes = 2.0 * static_cast<double>(cells * sizeof(T));
  instance.operations = 0;
  return instance;
}

}  // namespace

OpCase null_case() {
  // Nothing, one element, odd widths, gaps between the rows, widths that packs fit.
  return {"null",
          {{0, 3}, {3, 0}, {1, 1}, {13, 17, 0, 0, 0, 3}, {300, 67}, {9, 20, 0, 0, 0, 4}},
          {{4096, 2048}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
