#include <array>
#include <initializer_list>
#include <utility>

#include "kernels/case_data.hpp"
#include "kernels/rbm/free_energy.hpp"
#include "kernels/rbm/gap_case.hpp"
#include "kernels/rbm/rbm_case.hpp"

namespace lacuna {

namespace {

/// `cols` visible and `units` hidden units.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"v", visible_values<T>(s.rows * s.cols, seed, 1, units_of(s))},
                     {"visible_bias", random_values<T>(s.cols, seed, 2)},
                     {"pre_activation", pre_activations<T>(s.rows * s.units, seed, 3)}};
  instance.outputs = {{"energy", std::vector<T>(static_cast<std::size_t>(s.rows))}};
  const FreeEnergy<T> op{
      .v = memory.matrix(instance.inputs[0].data, s.rows, s.cols, s.padding),
      .visible_bias = memory.array(instance.inputs[1].data),
      .pre_activation = memory.matrix(instance.inputs[2].data, s.rows, s.units, s.padding),
      .units = units_of(s),
      .energy = memory.array(instance.outputs[0].data)};
  instance.forward = [op](const ExecContext& ctx) { free_energy<T>(ctx, op); };
  instance.reference = [s, v = instance.inputs[0].data.data(), b = instance.inputs[1].data.data(),
                        a = instance.inputs[2].data.data()] {
    std::vector<double> energy;
    for (std::int64_t r = 0; r < s.rows; ++r) {
      energy.push_back(
          exact_free_energy(v + r * s.cols, b, s.cols, a + r * s.units, s.units, units_of(s)));
    }
    return std::vector<std::vector<double>>{energy};
  };
  instance.reduction_length = s.cols + s.units;
  instance.bytes = static_cast<double>(s.rows * (s.cols + s.units) * std::int64_t{sizeof(T)});
  instance.operations =
      static_cast<double>(s.rows) * static_cast<double>(3 * s.cols + 40 * s.units);
  return instance;
}

template <class T>
CaseInstance<T> make_gap(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const std::int64_t k = model_rows(s);
  const bool wanted = (s.mode & value_only) == 0;
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"a0", pre_activations<T>(s.rows * s.units, seed, 1)},
                     {"ak", pre_activations<T>(k * s.units, seed, 2)},
                     {"visible_bias", random_values<T>(s.cols, seed, 3)}};
  for (T& a : instance.inputs[1].data) a += T(1.5);  // so that the sides do not cancel
  instance.outputs = {{"loss", {T(0)}}, {"count", {T(0)}}};
  if (wanted) {
    instance.outputs.push_back({"da0", instance.inputs[0].data, 1});
    instance.outputs.push_back({"dak", instance.inputs[1].data, 1});
    instance.outputs.push_back({"bias_gradient", instance.inputs[2].data, s.rows + k});
    instance.gradients = instance.inputs;
    instance.backward = [](const ExecContext&) {};  // the forward pass wrote the gradients
  }
  instance.cotangents = instance.outputs;
  for (auto& cotangent : instance.cotangents) std::ranges::fill(cotangent.data, T(0));
  instance.cotangents[0].data[0] = 1;
  const auto given = std::make_shared<GapCase<T>>(s, seed);
  given->a0 = instance.inputs[0].data.data();
  given->ak = instance.inputs[1].data.data();
  given->bias = instance.inputs[2].data.data();
  const auto loss = std::make_shared<std::vector<LossSum>>(1, LossSum{7, 7});
  const auto matrix = [&](std::vector<T>& data, std::int64_t rows, std::int64_t cols) {
    return memory.matrix(data, rows, cols, s.padding);
  };
  FreeEnergyGap<T> op{.v0 = matrix(given->v0, s.rows, s.cols),
                      .a0 = matrix(instance.inputs[0].data, s.rows, s.units),
                      .vk = matrix(given->vk, k, s.cols),
                      .ak = matrix(instance.inputs[1].data, k, s.units),
                      .visible_bias = memory.array(instance.inputs[2].data),
                      .units = units_of(s),
                      .scale = gap_case_scale,
                      .loss = memory.array(*loss)};
  if (wanted) {
    op.da0 = matrix(instance.outputs[2].data, s.rows, s.units);
    op.dak = matrix(instance.outputs[3].data, k, s.units);
    op.bias_gradient = memory.array(instance.outputs[4].data);
  }
  instance.forward = [op](const ExecContext& ctx) { free_energy_gap<T>(ctx, op); };
  std::vector<std::pair<const T*, T*>> written;
  for (std::size_t i = 0; i < instance.gradients.size(); ++i) {
    written.emplace_back(instance.outputs[i + 2].data.data(), instance.gradients[i].data.data());
  }
  instance.collect = [=, out = instance.outputs[0].data.data(),
                      count = instance.outputs[1].data.data()] {
    const LossSum& sums = (*loss)[0];
    *out = static_cast<T>(sums.count > 0 ? gap_case_scale * sums.sum / sums.count : sums.sum);
    *count = static_cast<T>(sums.count);
    const std::array sizes{s.rows * s.units, k * s.units, s.cols};
    for (std::size_t i = 0; i < written.size(); ++i) {
      std::copy_n(written[i].first, sizes[i], written[i].second);
    }
  };
  instance.reference = [given] { return given->reference(); };
  instance.composed = [given](const ExecContext& ctx) { return given->composed(ctx); };
  instance.reduction_length = (s.rows + k) * (s.cols + s.units);
  instance.bytes =
      static_cast<double>((s.rows + k) * (s.cols + 2 * s.units) * std::int64_t{sizeof(T)});
  instance.operations =
      static_cast<double>(s.rows + k) * static_cast<double>(4 * s.cols + 60 * s.units);
  return instance;
}

}  // namespace

OpCase free_energy_case() {
  std::vector<CaseShape> shapes;
  for (const int mode : {binary_units, gaussian_units}) {
    shapes.push_back({0, 5, 3, 0, mode});
    shapes.push_back({1, 1, 1, 0, mode});
    shapes.push_back({3, 0, 5, 0, mode});
    shapes.push_back({3, 5, 0, 0, mode});
    shapes.push_back({9, 13, 17, 0, mode, mode});
    shapes.push_back({70, 132, 20, 0, mode, 4});
    shapes.push_back({2, 1031, 516, 0, mode});
  }
  return {"free_energy", shapes, {{4096, 784, 500}}, make<float>, make<double>};
}

OpCase free_energy_gap_case() {
  std::vector<CaseShape> shapes;
  for (int mode = binary_units; mode <= all_gap_bits; ++mode) {
    shapes.push_back({9, 13, 17, 0, mode, mode % 3});
    shapes.push_back({5, 12, 8, 0, mode, mode % 2 * 4});
  }
  for (const int mode : std::initializer_list<int>{binary_units, gaussian_units | longer_model}) {
    shapes.push_back({0, 5, 3, 0, mode});
    shapes.push_back({1, 1, 1, 0, mode});
    shapes.push_back({3, 0, 5, 0, mode});
    shapes.push_back({3, 5, 0, 0, mode});
    shapes.push_back({70, 132, 20, 0, mode});
  }
  return {"free_energy_gap", shapes, {{4096, 784, 500}}, make_gap<float>, make_gap<double>};
}

}  // namespace lacuna
