#include <cmath>

#include "kernels/case_data.hpp"
#include "kernels/dense/bias_activation.hpp"

namespace lacuna {

namespace {

/// Bits of the mode; the lower ones are an activation.
enum Mode : int {
  with_identity = static_cast<int>(Activation::identity),
  with_sigmoid = static_cast<int>(Activation::sigmoid),
  activation_bits = 3,
  unbiased = 4,
  all_bits = activation_bits | unbiased,
};

/// Moves x away from the kink of ReLU, where there is no derivative to compare with.
template <class T>
void avoid_kink(std::vector<T>& x, const std::vector<T>& bias) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::abs(x[i] + bias[i % bias.size()]) < T(0.05)) x[i] += T(0.1);
  }
}

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const auto activation = static_cast<Activation>(s.mode & activation_bits);
  const bool biased = (s.mode & unbiased) == 0;
  const std::int64_t cells = s.rows * s.cols;
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"x", random_values<T>(cells, seed, 1)}};
  instance.gradients = {{"x", std::vector<T>(static_cast<std::size_t>(cells))}};
  if (biased) {
    instance.inputs.push_back({"bias", random_values<T>(s.cols, seed, 2)});
    instance.gradients.push_back({"bias", std::vector<T>(static_cast<std::size_t>(s.cols))});
  }
  if (activation == Activation::relu) {
    avoid_kink(instance.inputs[0].data, biased ? instance.inputs[1].data : std::vector<T>{T(0)});
  }
  instance.outputs = {{"y", std::vector<T>(static_cast<std::size_t>(cells))}};
  instance.cotangents = {{"y", random_values<T>(cells, seed, 3)}};
  const auto matrix = [&](CaseBuffer<T>& buffer) {
    return memory.matrix(buffer.data, s.rows, s.cols, s.padding);
  };
  const MatrixView<const T> x = matrix(instance.inputs[0]);
  const T* bias = biased ? memory.array(instance.inputs[1].data) : nullptr;
  T* bias_gradient = biased ? memory.array(instance.gradients[1].data) : nullptr;
  const MatrixView<T> y = matrix(instance.outputs[0]);
  const MatrixView<const T> dy = matrix(instance.cotangents[0]);
  const MatrixView<T> dx = matrix(instance.gradients[0]);
  instance.forward = [=](const ExecContext& ctx) {
    bias_activation<T>(ctx, {x, bias, activation, y});
  };
  instance.backward = [=](const ExecContext& ctx) {
    bias_activation_backward<T>(ctx, {y, dy, activation, dx, bias_gradient});
  };
  const T* host_x = instance.inputs[0].data.data();
  const T* host_bias = biased ? instance.inputs[1].data.data() : nullptr;
  instance.reference = [=] {
    std::vector<double> out;
    for (std::int64_t i = 0; i < cells; ++i) {
      const double b = host_bias == nullptr ? 0.0 : static_cast<double>(host_bias[i % s.cols]);
      out.push_back(reference_activation(activation, static_cast<double>(host_x[i]) + b));
    }
    return std::vector<std::vector<double>>{out};
  };
  instance.bytes = static_cast<double>(2 * cells * std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(2 * cells);
  return instance;
}

}  // namespace

OpCase bias_activation_case() {
  std::vector<CaseShape> shapes{{.rows = 0, .cols = 3},
                                {.rows = 1, .cols = 1, .mode = with_sigmoid}};
  for (int mode = with_identity; mode <= all_bits; ++mode) {
    shapes.push_back({.rows = 9, .cols = 7, .mode = mode});
    shapes.push_back({.rows = 131, .cols = 17, .mode = mode});
    shapes.push_back({.rows = 5, .cols = 12, .mode = mode, .padding = std::min(mode, 4)});
  }
  shapes.push_back({.rows = 3, .cols = 0, .mode = with_sigmoid});
  shapes.push_back({.rows = 1100, .cols = 1, .mode = with_sigmoid});
  shapes.push_back({.rows = 7, .cols = 1028, .mode = with_sigmoid});
  return {"bias_activation",
          shapes,
          {{.rows = 4096, .cols = 2048, .mode = with_sigmoid}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
