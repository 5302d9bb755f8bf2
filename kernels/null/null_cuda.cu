// Elementwise: the floor is one read and one write of every element. A thread has a pack of four
// floats in several rows; RowTiles says which.
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/row_tiles.cuh"
#include "kernels/null/null.hpp"
#include "kernels/null/null_rule.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

template <int Width>
__global__ void apply(MatrixView<const float> from, MatrixView<float> to, RowTiles<Width> tiles) {
  const std::int64_t column = tiles.column();
  if (column >= from.cols) return;
  Pack<Width> cells[tiles.visits] = {};
  tiles.for_rows(from.rows,
                 [&](int v, std::int64_t r) { cells[v] = load<Width>(from.row(r) + column); });
  tiles.for_rows(from.rows, [&](int v, std::int64_t r) {
    for (int j = 0; j < Width; ++j) cells[v].x[j] = null_of(cells[v].x[j]);
    store<Width>(to.row(r) + column, cells[v]);
  });
}

void put(const ExecContext& ctx, const char* name, MatrixView<const float> from,
         MatrixView<float> to) {
  const bool packs = fits_packs(from) && fits_packs(to);
  with_width(packs, [&]<int Width>(std::integral_constant<int, Width>) {
    const RowTiles<Width> tiles(from.cols);
    launch(ctx, name, tiles.grid(from.rows, from.cols), tiles.threads, apply<Width>, from, to,
           tiles);
  });
}

}  // namespace

void compute(Here, const ExecContext& ctx, const Null<float>& op) {
  put(ctx, "null", op.x, op.y);
}

void compute(Here, const ExecContext& ctx, const NullBackward<float>& op) {
  put(ctx, "null_backward", op.dy, op.dx);
}

template struct Kernel<Null>;
template struct Kernel<NullBackward>;

}  // namespace lacuna::LACUNA_DEVICE
