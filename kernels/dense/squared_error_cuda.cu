// Elementwise over [rows, k] with sums: where cells have weights these are added up first. The
// floor is one read of prediction, target and weights and one write of the gradient; 4 rows a
// thread are loaded before the first is used.
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/row_tiles.cuh"
#include "kernels/dense/loss_sums.cuh"
#include "kernels/dense/squared_error.hpp"
#include "kernels/dense/squared_error_cell.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

template <int Width>
__device__ Pack<Width> load_weights(const SquaredError<float>& op, std::int64_t r,
                                    std::int64_t column) {
  const float of_row = op.row_weight == nullptr ? 1.0f : op.row_weight[r];
  Pack<Width> weight;
  for (float& w : weight.x) w = of_row;
  if (op.observed.data == nullptr) return weight;
  const Pack<Width> observed = load<Width>(op.observed.row(r) + column);
  for (int j = 0; j < Width; ++j) weight.x[j] *= observed.x[j];
  return weight;
}

__device__ std::int64_t block_number() {
  return std::int64_t{blockIdx.y} * gridDim.x + blockIdx.x;
}

template <int Width>
__global__ void sum_weights(SquaredError<float> op, RowTiles<Width> tiles, double* partial) {
  const std::int64_t column = tiles.column();
  double sum = 0;
  tiles.for_rows(op.prediction.rows, [&](int, std::int64_t r) {
    if (column >= op.prediction.cols) return;
    const Pack<Width> weight = load_weights<Width>(op, r, column);
    for (const float w : weight.x) sum += static_cast<double>(w);
  });
  sum = block_sum<tiles.threads>(sum);
  if (threadIdx.x == 0) partial[block_number()] = sum;
}

__global__ void set_count(LossSum* loss, double count) {
  loss->count = count;
}

template <int Width>
__global__ void differentiate(SquaredError<float> op, RowTiles<Width> tiles, double* partial) {
  const std::int64_t column = tiles.column();
  const std::int64_t rows = column < op.prediction.cols ? op.prediction.rows : 0;
  const auto scale = squared_error_scale<float>(op.scale, op.loss->count);
  Pack<Width> prediction[tiles.visits] = {};
  Pack<Width> target[tiles.visits] = {};
  Pack<Width> weight[tiles.visits] = {};
  tiles.for_rows(rows, [&](int v, std::int64_t r) {
    prediction[v] = load<Width>(op.prediction.row(r) + column);
    target[v] = load<Width>(op.target.row(r) + column);
    weight[v] = load_weights<Width>(op, r, column);
  });
  double sum = 0;
  tiles.for_rows(rows, [&](int v, std::int64_t r) {
    Pack<Width> gradient;
    for (int j = 0; j < Width; ++j) {
      const SquaredErrorCell<float> cell(weight[v].x[j], prediction[v].x[j], target[v].x[j]);
      sum += cell.loss();
      gradient.x[j] = cell.gradient(scale);
    }
    if (op.prediction_gradient.data == nullptr) return;
    store<Width>(op.prediction_gradient.row(r) + column, gradient);
  });
  sum = block_sum<tiles.threads>(sum);
  if (threadIdx.x == 0) partial[block_number()] = sum;
}

}  // namespace

void compute(Here, const ExecContext& ctx, const SquaredError<float>& op) {
  constexpr const char* name = "squared_error";
  const bool weighted = op.observed.data != nullptr || op.row_weight != nullptr;
  const bool packs = fits_packs(op.prediction) && fits_packs(op.target) &&
                     fits_packs(op.observed) && fits_packs(op.prediction_gradient);
  with_width(packs, [&]<int Width>(std::integral_constant<int, Width>) {
    const RowTiles<Width> tiles(op.prediction.cols);
    const dim3 grid = tiles.grid(op.prediction.rows, op.prediction.cols);
    const std::int64_t blocks = std::int64_t{grid.x} * grid.y;
    const LossPartials partials(ctx, blocks, blocks);
    if (weighted) {
      launch(ctx, name, grid, tiles.threads, sum_weights<Width>, op, tiles, partials.weight);
      partials.add_weights(ctx, name, op.loss);
    } else {
      launch(ctx, name, 1, 1, set_count, op.loss, static_cast<double>(op.prediction.size()));
    }
    launch(ctx, name, grid, tiles.threads, differentiate<Width>, op, tiles, partials.loss);
    partials.add_losses(ctx, name, op.loss);
  });
}

template struct Kernel<SquaredError>;

}  // namespace lacuna::LACUNA_DEVICE
