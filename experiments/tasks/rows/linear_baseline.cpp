#include "experiments/tasks/rows/linear_baseline.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <stdexcept>

namespace lacuna::experiments {

template <class Target>
void check(const Examples<Target>& examples) {
  const NumberRows& inputs = examples.inputs;
  const std::size_t rows = examples.targets.size();
  if (inputs.columns == 0) throw std::invalid_argument("no columns");
  if (inputs.values.size() != rows * inputs.columns ||
      (!examples.weights.empty() && examples.weights.size() != rows))
    throw std::invalid_argument("inputs, targets and weights differ in number");
  const auto finite = [](auto value) { return std::isfinite(static_cast<double>(value)); };
  if (!std::ranges::all_of(inputs.values, finite) || !std::ranges::all_of(examples.targets, finite))
    throw std::invalid_argument("an input or a target is not finite");
  if (!std::ranges::all_of(examples.weights, [](float w) { return w >= 0 && std::isfinite(w); }))
    throw std::invalid_argument("a weight is negative or not finite");
  if (!(examples.total_weight() > 0)) throw std::invalid_argument("no rows, or none has a weight");
}

template <class Target>
ColumnScaling column_scaling(const Examples<Target>& examples) {
  const NumberRows& inputs = examples.inputs;
  const std::size_t columns = inputs.columns;
  const double total = examples.total_weight();
  ColumnScaling scaling{std::vector<double>(columns), std::vector<double>(columns)};
  for (std::size_t i = 0; i < inputs.rows(); ++i) {
    const auto row = inputs.row(i);
    for (std::size_t j = 0; j < columns; ++j)
      scaling.mean[j] += examples.weight(i) * double{row[j]};
  }
  for (double& mean : scaling.mean) mean /= total;
  for (std::size_t i = 0; i < inputs.rows(); ++i) {
    const auto row = inputs.row(i);
    for (std::size_t j = 0; j < columns; ++j) {
      const double apart = double{row[j]} - scaling.mean[j];
      scaling.scale[j] += examples.weight(i) * apart * apart;
    }
  }
  for (std::size_t j = 0; j < columns; ++j) {
    const double deviation = std::sqrt(scaling.scale[j] / total);
    // Of equal values the mean, and hence this, may be off by rounding.
    const bool constant = deviation <= 1e-12 * std::abs(scaling.mean[j]);
    scaling.scale[j] = constant ? 1 : deviation;
  }
  return scaling;
}

template void check(const Examples<std::int32_t>&);
template void check(const Examples<double>&);
template ColumnScaling column_scaling(const Examples<std::int32_t>&);
template ColumnScaling column_scaling(const Examples<double>&);

}  // namespace lacuna::experiments
