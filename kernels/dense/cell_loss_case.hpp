#pragma once

#include <array>
#include <limits>
#include <string_view>

#include "kernels/case_data.hpp"
#include "kernels/dense/cell_loss.hpp"

/// What the cases of losses over cells share. `Exact` says of one cell, in double:
///   input(x), target(x)  what to make of numbers in (-1, 1)
///   cell(output, target) its loss and the derivative
///   operations           of a cell
namespace lacuna {

/// Bits of the mode.
enum CellLossMode : int {
  masked = 1,  ///< a mask misses `missing` of the targets
  weighted_rows = 2,
  no_gradient = 4,
  all_cell_loss_bits = masked | weighted_rows | no_gradient,
};

constexpr double cell_case_scale = 0.75;

/// What the reference needs, on the host.
template <class T, class Exact>
struct CellLossGiven {
  CaseShape shape;
  std::vector<T> target;
  std::vector<T> observed;
  std::vector<T> row_weight;

  /// Targets that are not observed are NaN.
  CellLossGiven(const CaseShape& s, std::uint64_t seed)
      : shape(s),
        target(random_values<T>(s.rows * s.cols, seed, 2)),
        observed(target.size(), T(1)),
        row_weight(static_cast<std::size_t>(s.rows), T(1)) {
    for (T& t : target) t = Exact::target(t);
    for (std::size_t i = 0; (s.mode & masked) != 0 && i < target.size(); ++i) {
      if (open_uniform(philox({seed, 3}, i)[0]) >= s.missing) continue;
      observed[i] = T(0);
      target[i] = std::numeric_limits<T>::quiet_NaN();
    }
    for (std::size_t r = 0; (s.mode & weighted_rows) != 0 && r < row_weight.size(); ++r) {
      row_weight[r] = static_cast<T>(0.5 * static_cast<double>(r % 4));
    }
  }

  double weight(std::size_t i) const {
    const std::size_t r = i / static_cast<std::size_t>(shape.cols);
    return static_cast<double>(row_weight[r]) * static_cast<double>(observed[i]);
  }

  std::vector<std::vector<double>> reference(const T* output) const {
    double sum = 0;
    double count = 0;
    for (std::size_t i = 0; i < target.size(); ++i) count += weight(i);
    std::vector<double> gradient(target.size());
    for (std::size_t i = 0; i < target.size(); ++i) {
      if (weight(i) == 0) continue;
      const auto [loss, slope] =
          Exact::cell(static_cast<double>(output[i]), static_cast<double>(target[i]));
      sum += weight(i) * loss;
      gradient[i] = cell_case_scale * weight(i) * slope / count;
    }
    std::vector<std::vector<double>> out{{count > 0 ? cell_case_scale * sum / count : 0}, {count}};
    if ((shape.mode & no_gradient) == 0) out.push_back(gradient);
    return out;
  }
};

/// `run(ctx, cells)` is the op.
template <class T, class Exact, class Run>
CaseInstance<T> make_cell_loss_case(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime,
                                    Run run) {
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  const auto given = std::make_shared<CellLossGiven<T, Exact>>(s, seed);
  const auto loss = std::make_shared<std::vector<LossSum>>(1, LossSum{7, 7});
  instance.inputs = {{"output", random_values<T>(s.rows * s.cols, seed, 1)}};
  for (T& x : instance.inputs[0].data) x = Exact::input(x);
  const std::size_t cells = instance.inputs[0].data.size();
  instance.outputs = {{"loss", {T(0)}}, {"count", {T(0)}}};
  instance.cotangents = {{"loss", {T(1)}}, {"count", {T(0)}}};
  const auto matrix = [&](std::vector<T>& data) {
    return memory.matrix(data, s.rows, s.cols, s.padding);
  };
  CellLoss<T> op{};
  op.scale = cell_case_scale;
  op.output = matrix(instance.inputs[0].data);
  op.target = matrix(given->target);
  if ((s.mode & masked) != 0) op.observed = matrix(given->observed);
  if ((s.mode & weighted_rows) != 0) op.row_weight = memory.array(given->row_weight);
  op.loss = memory.array(*loss);
  T* gradient = nullptr;
  if ((s.mode & no_gradient) == 0) {
    instance.outputs.push_back({"gradient", std::vector<T>(cells)});
    instance.cotangents.push_back({"gradient", std::vector<T>(cells)});
    instance.gradients = {{"output", std::vector<T>(cells)}};
    op.gradient = matrix(instance.outputs[2].data);
    gradient = instance.gradients[0].data.data();
    instance.backward = [](const ExecContext&) {};  // the forward pass wrote the gradient
  }
  instance.forward = [op, given, run](const ExecContext& ctx) { run(ctx, op); };
  instance.collect = [=, out = instance.outputs[0].data.data(),
                      count = instance.outputs[1].data.data(),
                      written = instance.outputs.back().data.data()] {
    const LossSum& sums = (*loss)[0];
    *out = static_cast<T>(sums.count > 0 ? cell_case_scale * sums.sum / sums.count : sums.sum);
    *count = static_cast<T>(sums.count);
    if (gradient != nullptr) std::copy_n(written, cells, gradient);
  };
  instance.reference = [given, output = instance.inputs[0].data.data()] {
    return given->reference(output);
  };
  instance.reduction_length = s.rows * s.cols;
  instance.bytes = static_cast<double>(3 * s.rows * s.cols * std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(s.rows * s.cols) * Exact::operations;
  return instance;
}

inline std::vector<CaseShape> cell_loss_test_shapes() {
  std::vector<CaseShape> shapes{{0, 3, 0, 0.5, masked},
                                {3, 0, 0, 0.5, masked | weighted_rows},
                                {1, 1, 0, 0.0},
                                {5, 12, 0, 1.0, masked},
                                {1100, 1, 0, 0, weighted_rows},
                                {70, 132, 0, 0.5, masked | weighted_rows},
                                {5, 12, 0, 0.5, masked | weighted_rows, 4},
                                {2, 8209, 0, 0.5, masked}};
  for (int mode = 0; mode <= all_cell_loss_bits; ++mode) {
    shapes.push_back({13, 17, 0, 0.5, mode, mode % 3});
  }
  return shapes;
}

}  // namespace lacuna
