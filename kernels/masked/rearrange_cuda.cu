// Elementwise: the floor is one read of what is seen and one write of all. The side that is in
// the layer's own order is read or written out of order, within a row: a row's sectors (2 KB of
// 500 units) meet in L2.
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/row_tiles.cuh"
#include "kernels/masked/rearrange.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

__global__ void put_in_places(Rearrange<float> op, RowTiles<1> tiles) {
  const std::int64_t b = tiles.column();
  if (b >= op.y.cols) return;
  const LayerMasks<float> masks = op.masks.of(op.y.rows, op.y.cols);
  const std::int64_t unit = masks.unit(b);
  const float factor = masks.factor(b);
  float cells[tiles.visits] = {};
  tiles.for_rows(op.y.rows, [&](int v, std::int64_t a) {
    if (masks.sees(a, b)) cells[v] = factor * op.x.row(masks.input(a))[unit];
  });
  tiles.for_rows(op.y.rows, [&](int v, std::int64_t a) { op.y.row(a)[b] = cells[v]; });
}

__global__ void put_back(RearrangeBackward<float> op, RowTiles<1> tiles) {
  const std::int64_t b = tiles.column();
  if (b >= op.dx.cols) return;
  const LayerMasks<float> masks = op.masks.of(op.dx.rows, op.dx.cols);
  const std::int64_t unit = masks.unit(b);
  const float factor = masks.factor(b);
  float cells[tiles.visits] = {};
  tiles.for_rows(op.dx.rows, [&](int v, std::int64_t a) {
    if (masks.sees(a, b)) cells[v] = factor * op.dy.row(a)[b];
  });
  tiles.for_rows(op.dx.rows, [&](int v, std::int64_t a) {
    float* dx = op.dx.row(masks.input(a)) + unit;
    *dx = op.accumulate ? *dx + cells[v] : cells[v];
  });
}

}  // namespace

void compute(Here, const ExecContext& ctx, const Rearrange<float>& op) {
  const RowTiles<1> tiles(op.y.cols);
  launch(ctx, "rearrange", tiles.grid(op.y.rows, op.y.cols), tiles.threads, put_in_places, op,
         tiles);
}

void compute(Here, const ExecContext& ctx, const RearrangeBackward<float>& op) {
  const RowTiles<1> tiles(op.dx.cols);
  launch(ctx, "rearrange_backward", tiles.grid(op.dx.rows, op.dx.cols), tiles.threads, put_back, op,
         tiles);
}

template struct Kernel<Rearrange>;
template struct Kernel<RearrangeBackward>;

}  // namespace lacuna::LACUNA_DEVICE
