// A block per row counts the non-zeros before each input, once, into scratch that stays in L2: the
// floor beside it is one read of a and x and one write of y and the scale.
#include "kernels/core/block_scan.cuh"
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/core/row_tiles.cuh"
#include "kernels/masked/visible_normalize.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

constexpr unsigned count_threads = 256;

/// before[r, i]: non-zeros among the first i inputs of row r.
__global__ void count_before(MatrixView<const float> x, std::int32_t* before) {
  const float* row = x.row(blockIdx.x);
  std::int32_t* counts = before + blockIdx.x * (x.cols + 1);
  const std::int64_t each = (x.cols + count_threads - 1) / count_threads;
  const std::int64_t first = each * threadIdx.x < x.cols ? each * threadIdx.x : x.cols;
  const std::int64_t last = first + each < x.cols ? first + each : x.cols;
  std::int32_t own = 0;
  for (std::int64_t i = first; i < last; ++i) own += row[i] != 0.0F ? 1 : 0;
  std::int32_t count = block_sum_before<count_threads>(own);
  for (std::int64_t i = first; i < last; ++i) {
    counts[i] = count;
    count += row[i] != 0.0F ? 1 : 0;
  }
  if (threadIdx.x == count_threads - 1) counts[x.cols] = count;
}

__global__ void scale_units(VisibleNormalize<float> op, const std::int32_t* before,
                            RowTiles<1> tiles) {
  const std::int64_t b = tiles.column();
  if (b >= op.a.cols) return;
  const std::int64_t width = op.x.cols + 1;
  const std::int64_t seen = op.masks.of(op.x.cols, op.a.cols).depth[b];
  const float k = op.k[op.masks.choice.chosen() * op.a.cols + b];
  float cells[tiles.visits] = {};
  std::int32_t counts[tiles.visits] = {};
  tiles.for_rows(op.a.rows, [&](int v, std::int64_t r) {
    cells[v] = op.a.row(r)[b];
    counts[v] = before[r * width + seen];
  });
  tiles.for_rows(op.a.rows, [&](int v, std::int64_t r) {
    const float scale = k / static_cast<float>(counts[v] > 1 ? counts[v] : 1);
    op.scale.row(r)[b] = scale;
    op.y.row(r)[b] = scale * cells[v];
  });
}

template <int Width>
__global__ void scale_back(VisibleNormalizeBackward<float> op, RowTiles<Width> tiles) {
  const std::int64_t b = tiles.column();
  if (b >= op.dy.cols) return;
  Pack<Width> cells[tiles.visits] = {};
  Pack<Width> scale[tiles.visits] = {};
  tiles.for_rows(op.dy.rows, [&](int v, std::int64_t r) {
    cells[v] = load<Width>(op.dy.row(r) + b);
    scale[v] = load<Width>(op.scale.row(r) + b);
  });
  tiles.for_rows(op.dy.rows, [&](int v, std::int64_t r) {
    for (int j = 0; j < Width; ++j) cells[v].x[j] *= scale[v].x[j];
    store<Width>(op.da.row(r) + b, cells[v]);
  });
}

}  // namespace

void compute(Here, const ExecContext& ctx, const VisibleNormalize<float>& op) {
  constexpr const char* name = "visible_normalize";
  std::int32_t* before = reserve<std::int32_t>(ctx, op.x.rows * (op.x.cols + 1));
  launch(ctx, name, blocks_for(op.x.rows, 1), count_threads, count_before, op.x, before);
  const RowTiles<1> tiles(op.a.cols);
  launch(ctx, name, tiles.grid(op.a.rows, op.a.cols), tiles.threads, scale_units, op, before,
         tiles);
}

void compute(Here, const ExecContext& ctx, const VisibleNormalizeBackward<float>& op) {
  const bool packs = fits_packs(op.dy) && fits_packs(op.scale) && fits_packs(op.da);
  with_width(packs, [&]<int Width>(std::integral_constant<int, Width>) {
    const RowTiles<Width> tiles(op.dy.cols);
    launch(ctx, "visible_normalize_backward", tiles.grid(op.dy.rows, op.dy.cols), tiles.threads,
           scale_back<Width>, op, tiles);
  });
}

template struct Kernel<VisibleNormalize>;
template struct Kernel<VisibleNormalizeBackward>;

}  // namespace lacuna::LACUNA_DEVICE
