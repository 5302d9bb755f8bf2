// Elementwise with 10 rounds of Philox for a pack, meant to hide behind the memory: the floor is
// one read and one write of the floats and one write of a byte each. A Philox block has two packs
// of 4: each draws it anew, as does every element where rows are not made of packs. With
// normalization a block draws a row, counts it, and reads its own mask back from a cache.
#include "kernels/core/block_sum.cuh"
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/row_tiles.cuh"
#include "kernels/dense/dropout.hpp"
#include "kernels/dense/dropout_draw.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

/// 1 where kept, for the elements of a pack from `element` on.
template <int Width>
__device__ Pack<Width, std::uint8_t> draw(const RandomStream& stream, std::uint32_t least_kept,
                                          std::int64_t element) {
  const auto word = philox(stream, static_cast<std::uint64_t>(element / dropout_block));
  const bool second = element % dropout_block >= 4;
  const std::uint32_t four = kept_bytes(second ? word[2] : word[0], least_kept) |
                             kept_bytes(second ? word[3] : word[1], least_kept) << 16;
  Pack<Width, std::uint8_t> kept;
  for (int j = 0; j < Width; ++j) {
    kept.x[j] = static_cast<std::uint8_t>(four >> (8 * ((element + j) % 4)) & 1U);
  }
  return kept;
}

template <int Width>
__device__ Pack<Width> factors(const Pack<Width, std::uint8_t>& kept, float scale) {
  Pack<Width> factor;
  for (int j = 0; j < Width; ++j) factor.x[j] = static_cast<float>(kept.x[j]) * scale;
  return factor;
}

template <int Width>
__global__ void drop(Dropout<float> op, std::uint32_t least_kept, float scale,
                     RowTiles<Width> tiles) {
  const std::int64_t column = tiles.column();
  const std::int64_t cols = op.x.cols;
  if (column >= cols) return;
  const RandomStream stream = at_step(op.stream, *op.step);
  Pack<Width> cells[tiles.visits] = {};
  tiles.for_rows(op.x.rows,
                 [&](int v, std::int64_t r) { cells[v] = load<Width>(op.x.row(r) + column); });
  tiles.for_rows(op.x.rows, [&](int v, std::int64_t r) {
    const auto kept = draw<Width>(stream, least_kept, (op.first_row + r) * cols + column);
    const Pack<Width> factor = factors(kept, scale);
    for (int j = 0; j < Width; ++j) cells[v].x[j] *= factor.x[j];
    store<Width>(op.y.row(r) + column, cells[v]);
    store<Width>(op.mask + r * cols + column, kept);
  });
}

template <int Width, unsigned Threads>
__global__ void drop_and_normalize(Dropout<float> op, std::uint32_t least_kept) {
  const std::int64_t cols = op.x.cols;
  const std::int64_t row = blockIdx.x;
  const RandomStream stream = at_step(op.stream, *op.step);
  std::uint8_t* mask = op.mask + row * cols;
  const std::int64_t first = Width * static_cast<std::int64_t>(threadIdx.x);
  std::int64_t count = 0;
  for (std::int64_t column = first; column < cols; column += Width * Threads) {
    const auto kept = draw<Width>(stream, least_kept, (op.first_row + row) * cols + column);
    for (const std::uint8_t one : kept.x) count += one;
    store<Width>(mask + column, kept);
  }
  const float scale = sparsity_scale<float>(op.normalization, block_sum<Threads>(count));
  if (threadIdx.x == 0) op.scale[row] = scale;
  for (std::int64_t column = first; column < cols; column += Width * Threads) {
    const Pack<Width> factor = factors(load<Width>(mask + column), scale);
    Pack<Width> cells = load<Width>(op.x.row(row) + column);
    for (int j = 0; j < Width; ++j) cells.x[j] *= factor.x[j];
    store<Width>(op.y.row(row) + column, cells);
  }
}

template <int Width>
__global__ void drop_gradient(DropoutBackward<float> op, float fixed, RowTiles<Width> tiles) {
  const std::int64_t column = tiles.column();
  if (column >= op.dy.cols) return;
  Pack<Width> cells[tiles.visits] = {};
  Pack<Width> sum[tiles.visits] = {};
  Pack<Width, std::uint8_t> kept[tiles.visits] = {};
  float scale[tiles.visits] = {};
  tiles.for_rows(op.dy.rows, [&](int v, std::int64_t r) {
    scale[v] = op.scale != nullptr ? op.scale[r] : fixed;
    cells[v] = load<Width>(op.dy.row(r) + column);
    kept[v] = load<Width>(op.mask + r * op.dy.cols + column);
    if (op.accumulate) sum[v] = load<Width, float>(op.dx.row(r) + column);
  });
  tiles.for_rows(op.dy.rows, [&](int v, std::int64_t r) {
    const Pack<Width> factor = factors(kept[v], scale[v]);
    for (int j = 0; j < Width; ++j) {
      const float term = cells[v].x[j] * factor.x[j];
      cells[v].x[j] = op.accumulate ? sum[v].x[j] + term : term;
    }
    store<Width>(op.dx.row(r) + column, cells[v]);
  });
}

}  // namespace

void compute(Here, const ExecContext& ctx, const Dropout<float>& op) {
  const bool packs = fits_packs(op.x) && fits_packs(op.y) && fits_packs(op.mask);
  with_width(packs, [&]<int Width>(std::integral_constant<int, Width>) {
    if (op.normalization.enabled()) {
      constexpr unsigned threads = 256;
      return launch(ctx, "dropout", blocks_for(op.x.rows, 1), threads,
                    drop_and_normalize<Width, threads>, op, least_kept_half(op.rate));
    }
    const RowTiles<Width> tiles(op.x.cols);
    launch(ctx, "dropout", tiles.grid(op.x.rows, op.x.cols), tiles.threads, drop<Width>, op,
           least_kept_half(op.rate), dropout_scale<float>(op.rate), tiles);
  });
}

void compute(Here, const ExecContext& ctx, const DropoutBackward<float>& op) {
  const bool packs = fits_packs(op.dy) && fits_packs(op.dx) && fits_packs(op.mask);
  with_width(packs, [&]<int Width>(std::integral_constant<int, Width>) {
    const RowTiles<Width> tiles(op.dy.cols);
    launch(ctx, "dropout_backward", tiles.grid(op.dy.rows, op.dy.cols), tiles.threads,
           drop_gradient<Width>, op, dropout_scale<float>(op.rate), tiles);
  });
}

template struct Kernel<Dropout>;
template struct Kernel<DropoutBackward>;

}  // namespace lacuna::LACUNA_DEVICE
