#include <cmath>

#include "kernels/case_data.hpp"
#include "kernels/rbm/pseudo_likelihood.hpp"
#include "kernels/rbm/rbm_case.hpp"

namespace lacuna {

namespace {

constexpr std::int64_t step = 3;

/// The buffers of one case.
template <class T>
struct Operands {
  CaseShape shape;
  std::uint64_t seed;
  std::int64_t first_row;
  const T* v;
  const T* bias;
  const T* weight;
  const T* pre_activation;

  /// The unit that is drawn for a row.
  std::int64_t unit(std::int64_t r) const {
    const RandomStream stream{seed, 5, static_cast<std::uint32_t>(step)};
    const double word = philox(stream, static_cast<std::uint64_t>(first_row + r))[0];
    return static_cast<std::int64_t>(std::floor(word * 0x1p-32 * static_cast<double>(shape.cols)));
  }
  T delta(std::int64_t r) const { return T(1) - T(2) * v[r * shape.cols + unit(r)]; }
};

template <class T>
std::vector<std::vector<double>> reference(const Operands<T>& in) {
  const std::int64_t d = in.shape.cols;
  const std::int64_t m = in.shape.units;
  std::vector<double> value;
  for (std::int64_t r = 0; r < in.shape.rows; ++r) {
    const std::int64_t i = in.unit(r);
    const double delta = static_cast<double>(in.delta(r));
    double difference = -delta * static_cast<double>(in.bias[i]);
    for (std::int64_t j = 0; j < m; ++j) {
      const double a = static_cast<double>(in.pre_activation[r * m + j]);
      const double w = static_cast<double>(in.weight[i * m + j]);
      difference -= exact_softplus(a + delta * w) - exact_softplus(a);
    }
    value.push_back(-static_cast<double>(d) * exact_softplus(-difference));
  }
  return {value};
}

/// From two free energies of each row, by their kernel; on the CPU.
template <class T>
std::vector<std::vector<T>> composed(const ExecContext& ctx, const Operands<T>& in) {
  const std::int64_t n = in.shape.rows;
  const std::int64_t d = in.shape.cols;
  const std::int64_t m = in.shape.units;
  std::vector<T> v(in.v, in.v + n * d);
  std::vector<T> a(in.pre_activation, in.pre_activation + n * m);
  std::vector<T> energy(static_cast<std::size_t>(n)), flipped(energy);
  const FreeEnergy<T> op{.v = {v.data(), n, d},
                         .visible_bias = in.bias,
                         .pre_activation = {a.data(), n, m},
                         .energy = energy.data()};
  free_energy<T>(ctx, op);
  for (std::int64_t r = 0; r < n; ++r) {
    const std::int64_t i = in.unit(r);
    v[static_cast<std::size_t>(r * d + i)] += in.delta(r);
    for (std::int64_t j = 0; j < m; ++j) {
      a[static_cast<std::size_t>(r * m + j)] += in.delta(r) * in.weight[i * m + j];
    }
  }
  FreeEnergy<T> again = op;
  again.energy = flipped.data();
  free_energy<T>(ctx, again);
  for (std::size_t r = 0; r < energy.size(); ++r) {
    energy[r] = static_cast<T>(d) * std::log(1 / (1 + std::exp(energy[r] - flipped[r])));
  }
  return {energy};
}

/// `cols` visible and `units` hidden units. The mode is a number: the first row's.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const std::int64_t first_row = s.mode;
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"v", visible_values<T>(s.rows * s.cols, seed, 1, VisibleUnits::binary)},
                     {"visible_bias", random_values<T>(s.cols, seed, 2)},
                     {"weight", random_values<T>(s.cols * s.units, seed, 3)},
                     {"pre_activation", pre_activations<T>(s.rows * s.units, seed, 4)}};
  instance.outputs = {{"value", std::vector<T>(static_cast<std::size_t>(s.rows))}};
  const auto steps = std::make_shared<const std::vector<std::int64_t>>(1, step);
  const Operands<T> in{s,
                       seed,
                       first_row,
                       instance.inputs[0].data.data(),
                       instance.inputs[1].data.data(),
                       instance.inputs[2].data.data(),
                       instance.inputs[3].data.data()};
  const auto matrix = [&](CaseBuffer<T>& buffer, std::int64_t rows, std::int64_t cols) {
    return memory.matrix(buffer.data, rows, cols, s.padding);
  };
  const PseudoLikelihood<T> op{.v = matrix(instance.inputs[0], s.rows, s.cols),
                               .visible_bias = memory.array(instance.inputs[1].data),
                               .weight = matrix(instance.inputs[2], s.cols, s.units),
                               .pre_activation = matrix(instance.inputs[3], s.rows, s.units),
                               .stream = {seed, 5},
                               .step = memory.array(*steps),
                               .first_row = first_row,
                               .value = memory.array(instance.outputs[0].data)};
  instance.forward = [op, steps](const ExecContext& ctx) { pseudo_likelihood<T>(ctx, op); };
  instance.reference = [in] { return reference<T>(in); };
  instance.composed = [in](const ExecContext& ctx) { return composed<T>(ctx, in); };
  instance.reduction_length = s.cols + s.units;
  instance.bytes = static_cast<double>(2 * s.rows * s.units * std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(s.rows * s.units) * 80;
  return instance;
}

}  // namespace

OpCase pseudo_likelihood_case() {
  return {"pseudo_likelihood",
          {{0, 5, 3},
           {1, 1, 1},
           {3, 5, 0},
           {9, 13, 17, 0, 2, 3},
           {9, 12, 20, 0, 1, 4},
           {70, 31, 132, 0, 5},
           {5, 9, 1031}},
          {{4096, 784, 500}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
