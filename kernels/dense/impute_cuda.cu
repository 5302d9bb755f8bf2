// Elementwise: the floor is one read of x and of what is observed and one write of y. A thread
// keeps its columns, hence reads their fill once.
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/row_tiles.cuh"
#include "kernels/dense/impute.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

template <int Width>
__global__ void fill_missing(Impute<float> op, RowTiles<Width> tiles) {
  const std::int64_t column = tiles.column();
  if (column >= op.x.cols) return;
  Pack<Width> fill = {};
  if (op.fill != nullptr) fill = load<Width>(op.fill + column);
  Pack<Width> cells[tiles.visits] = {};
  Pack<Width> observed[tiles.visits] = {};
  tiles.for_rows(op.x.rows, [&](int v, std::int64_t r) {
    cells[v] = load<Width>(op.x.row(r) + column);
    if (op.observed.data != nullptr) observed[v] = load<Width>(op.observed.row(r) + column);
  });
  tiles.for_rows(op.x.rows, [&](int v, std::int64_t r) {
    Pack<Width> indicator;
    for (int j = 0; j < Width; ++j) {
      const bool seen = op.observed.data == nullptr || observed[v].x[j] != 0.0f;
      cells[v].x[j] = op.scale * (seen ? cells[v].x[j] : fill.x[j]);
      indicator.x[j] = seen == (op.indicators == Indicate::observed) ? 1.0f : 0.0f;
    }
    store<Width>(op.y.row(r) + column, cells[v]);
    if (op.indicators != Indicate::nothing)
      store<Width>(op.y.row(r) + op.x.cols + column, indicator);
  });
}

}  // namespace

void compute(Here, const ExecContext& ctx, const Impute<float>& op) {
  const bool packs =
      fits_packs(op.x) && fits_packs(op.observed) && fits_packs(op.fill) && fits_packs(op.y);
  with_width(packs, [&]<int Width>(std::integral_constant<int, Width>) {
    const RowTiles<Width> tiles(op.x.cols);
    launch(ctx, "impute", tiles.grid(op.x.rows, op.x.cols), tiles.threads, fill_missing<Width>, op,
           tiles);
  });
}

template struct Kernel<Impute>;

}  // namespace lacuna::LACUNA_DEVICE
