#pragma once

#include "kernels/core/row_tiles.cuh"
#include "kernels/dense/cell_loss.hpp"
#include "kernels/dense/loss_sums.cuh"

/// Elementwise over [rows, k] with sums: where cells have weights these are added up first. 4 rows
/// a thread are loaded before the first is used.
namespace lacuna {
inline namespace LACUNA_NS {

template <int Width>
__device__ Pack<Width> load_weights(const CellLoss<float>& op, std::int64_t r,
                                    std::int64_t column) {
  const float of_row = op.row_weight == nullptr ? 1.0f : op.row_weight[r];
  Pack<Width> weight;
  for (float& w : weight.x) w = of_row;
  if (op.observed.data == nullptr) return weight;
  const Pack<Width> observed = load<Width>(op.observed.row(r) + column);
  for (int j = 0; j < Width; ++j) weight.x[j] *= observed.x[j];
  return weight;
}

template <int Width>
__global__ void sum_cell_weights(CellLoss<float> op, RowTiles<Width> tiles, double* partial) {
  const std::int64_t column = tiles.column();
  double sum = 0;
  tiles.for_rows(op.output.rows, [&](int, std::int64_t r) {
    if (column >= op.output.cols) return;
    const Pack<Width> weight = load_weights<Width>(op, r, column);
    for (const float w : weight.x) sum += static_cast<double>(w);
  });
  sum = block_sum<tiles.threads>(sum);
  if (threadIdx.x == 0) partial[tiles.block()] = sum;
}

template <class Cell, int Width>
__global__ void differentiate_cells(CellLoss<float> op, RowTiles<Width> tiles, double* partial) {
  const std::int64_t column = tiles.column();
  const std::int64_t rows = column < op.output.cols ? op.output.rows : 0;
  const auto scale = cell_scale<float>(Cell::slope, op.scale, op.loss->count);
  Pack<Width> output[tiles.visits] = {};
  Pack<Width> target[tiles.visits] = {};
  Pack<Width> weight[tiles.visits] = {};
  tiles.for_rows(rows, [&](int v, std::int64_t r) {
    output[v] = load<Width>(op.output.row(r) + column);
    target[v] = load<Width>(op.target.row(r) + column);
    weight[v] = load_weights<Width>(op, r, column);
  });
  double sum = 0;
  tiles.for_rows(rows, [&](int v, std::int64_t r) {
    Pack<Width> gradient;
    for (int j = 0; j < Width; ++j) {
      const Cell cell(weight[v].x[j], output[v].x[j], target[v].x[j]);
      sum += cell.loss();
      gradient.x[j] = cell.gradient(scale);
    }
    if (op.gradient.data == nullptr) return;
    store<Width>(op.gradient.row(r) + column, gradient);
  });
  sum = block_sum<tiles.threads>(sum);
  if (threadIdx.x == 0) partial[tiles.block()] = sum;
}

template <class Cell>
void compute_cell_loss(const ExecContext& ctx, const char* name, const CellLoss<float>& op) {
  const bool weighted = op.observed.data != nullptr || op.row_weight != nullptr;
  const bool packs = fits_packs(op.output) && fits_packs(op.target) && fits_packs(op.observed) &&
                     fits_packs(op.gradient);
  with_width(packs, [&]<int Width>(std::integral_constant<int, Width>) {
    const RowTiles<Width> tiles(op.output.cols);
    const dim3 grid = tiles.grid(op.output.rows, op.output.cols);
    const std::int64_t blocks = tiles.blocks(grid);
    const LossPartials partials(ctx, blocks, blocks);
    if (weighted) {
      launch(ctx, name, grid, tiles.threads, sum_cell_weights<Width>, op, tiles, partials.weight);
      partials.add_weights(ctx, name, op.loss);
    } else {
      add_losses_over(ctx, name, nullptr, 0, static_cast<double>(op.output.size()), op.loss);
    }
    launch(ctx, name, grid, tiles.threads, differentiate_cells<Cell, Width>, op, tiles,
           partials.loss);
    partials.add_losses(ctx, name, op.loss);
  });
}

}  // namespace LACUNA_NS
}  // namespace lacuna
