// Elementwise over [n, h]: the floor is one read and one write of every cell (the backward pass
// reads two). For bytes in flight 4 rows a thread are loaded before the first is used. A thread
// keeps its columns, hence reads their bias once.
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/row_tiles.cuh"
#include "kernels/dense/bias_activation.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

template <class F, int Width>
__global__ void activate(MatrixView<const float> x, const float* bias, MatrixView<float> y,
                         RowTiles<Width> tiles) {
  const std::int64_t column = tiles.column();
  if (column >= x.cols) return;
  Pack<Width> shift = {};
  if (bias != nullptr) shift = load<Width>(bias + column);
  Pack<Width> cells[tiles.visits] = {};
  tiles.for_rows(x.rows, [&](int v, std::int64_t r) { cells[v] = load<Width>(x.row(r) + column); });
  tiles.for_rows(x.rows, [&](int v, std::int64_t r) {
    for (int j = 0; j < Width; ++j) cells[v].x[j] = F::value(cells[v].x[j] + shift.x[j]);
    store<Width>(y.row(r) + column, cells[v]);
  });
}

template <class F, int Width>
__global__ void differentiate(MatrixView<const float> y, MatrixView<const float> dy,
                              MatrixView<float> dx, RowTiles<Width> tiles) {
  const std::int64_t column = tiles.column();
  if (column >= y.cols) return;
  Pack<Width> values[tiles.visits] = {};
  Pack<Width> cells[tiles.visits] = {};
  tiles.for_rows(y.rows, [&](int v, std::int64_t r) {
    values[v] = load<Width>(y.row(r) + column);
    cells[v] = load<Width>(dy.row(r) + column);
  });
  tiles.for_rows(y.rows, [&](int v, std::int64_t r) {
    for (int j = 0; j < Width; ++j) cells[v].x[j] *= F::derivative(values[v].x[j]);
    store<Width>(dx.row(r) + column, cells[v]);
  });
}

}  // namespace

void compute(Here, const ExecContext& ctx, const BiasActivation<float>& op) {
  const bool packs = fits_packs(op.x) && fits_packs(op.y) && fits_packs(op.bias);
  with_activation(op.activation, [&]<class F>(F) {
    with_width(packs, [&]<int Width>(std::integral_constant<int, Width>) {
      const RowTiles<Width> tiles(op.x.cols);
      launch(ctx, "bias_activation", tiles.grid(op.x.rows, op.x.cols), tiles.threads,
             activate<F, Width>, op.x, op.bias, op.y, tiles);
    });
  });
}

void compute(Here, const ExecContext& ctx, const BiasActivationBackward<float>& op) {
  const bool packs = fits_packs(op.y) && fits_packs(op.dy) && fits_packs(op.dx);
  with_activation(op.activation, [&]<class F>(F) {
    with_width(packs, [&]<int Width>(std::integral_constant<int, Width>) {
      const RowTiles<Width> tiles(op.y.cols);
      launch(ctx, "bias_activation_backward", tiles.grid(op.y.rows, op.y.cols), tiles.threads,
             differentiate<F, Width>, op.y, op.dy, op.dx, tiles);
    });
  });
}

template struct Kernel<BiasActivation>;
template struct Kernel<BiasActivationBackward>;

}  // namespace lacuna::LACUNA_DEVICE
