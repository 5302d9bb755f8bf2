#pragma once

#include "kernels/core/blocked_sum.hpp"
#include "kernels/dense/cell_loss.hpp"

namespace lacuna::cpu {

template <class T>
T row_weight(const CellLoss<T>& op, std::int64_t r) {
  return op.row_weight == nullptr ? T(1) : op.row_weight[r];
}

template <class T>
double sum_of_weights(const ExecContext& ctx, const CellLoss<T>& op) {
  const std::int64_t n = op.output.cols;
  if (op.observed.data == nullptr) {
    const auto weight = [&](std::int64_t r) { return static_cast<double>(row_weight(op, r)); };
    return static_cast<double>(n) * blocked_sum(ctx, op.output.rows, weight);
  }
  return blocked_row_sum(ctx, op.output.rows, n, [&](std::int64_t r, double* sum) {
    const T weight = row_weight(op, r);
    const T* observed = op.observed.row(r);
    add_to_lanes(n, sum, [=](std::int64_t j) { return static_cast<double>(weight * observed[j]); });
  });
}

/// The sum of the cells' losses; what is not given or not wanted is known to the compiler, for the
/// loops' sake.
template <class Cell, bool masked, bool wanted, class T>
double differentiate_cells(const ExecContext& ctx, const CellLoss<T>& op, T scale) {
  const std::int64_t n = op.output.cols;
  return blocked_row_sum(ctx, op.output.rows, n, [&](std::int64_t r, double* sum) {
    const T weight = row_weight(op, r);
    const T* output = op.output.row(r);
    const T* target = op.target.row(r);
    const T* observed = masked ? op.observed.row(r) : nullptr;
    T* gradient = wanted ? op.gradient.row(r) : nullptr;
    add_to_lanes(n, sum, [=](std::int64_t j) {
      const Cell cell(masked ? weight * observed[j] : weight, output[j], target[j]);
      if (wanted) gradient[j] = cell.gradient(scale);
      return cell.loss();
    });
  });
}

template <class Cell, class T>
void compute_cell_loss(const ExecContext& ctx, const CellLoss<T>& op) {
  op.loss->count = sum_of_weights(ctx, op);
  const T scale = cell_scale<T>(Cell::slope, op.scale, op.loss->count);
  const bool wanted = op.gradient.data != nullptr;
  if (op.observed.data != nullptr) {
    op.loss->sum = wanted ? differentiate_cells<Cell, true, true>(ctx, op, scale)
                          : differentiate_cells<Cell, true, false>(ctx, op, scale);
  } else {
    op.loss->sum = wanted ? differentiate_cells<Cell, false, true>(ctx, op, scale)
                          : differentiate_cells<Cell, false, false>(ctx, op, scale);
  }
}

}  // namespace lacuna::cpu
