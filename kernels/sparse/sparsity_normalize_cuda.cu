// A block per row: its cells are counted, then scaled. The floor is one read of x (and of the mask)
// and one write of y, so rows that fit stay in registers in between; longer ones are read twice.
// The backward pass is elementwise.
#include "kernels/core/block_sum.cuh"
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/row_tiles.cuh"
#include "kernels/core/shared_array.hpp"
#include "kernels/sparse/sparsity_normalize.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

/// What the kernels take of the op. `mask` has no data where non-zeros are counted.
struct Rows {
  MatrixView<const float> x, mask;
  SparsityNormalization normalization;
  MatrixView<float> y;
  float* scale;
};

/// Cells of a row, zero where the mask says missing, and how many are counted.
template <int Width>
struct Cells {
  Pack<Width> value;
  int count = 0;

  __device__ static Cells read(const Rows& rows, std::int64_t column) {
    Cells cells{load<Width>(rows.x.row(blockIdx.x) + column)};
    Pack<Width> counted = cells.value;
    if (rows.mask.data != nullptr) {
      const auto mask = load<Width>(rows.mask.row(blockIdx.x) + column);
      for (int j = 0; j < Width; ++j) cells.value.x[j] *= mask.x[j];
      if (rows.normalization.count_by == CountBy::mask) counted = mask;
    }
    for (const float cell : counted.x) cells.count += cell != 0.0F;
    return cells;
  }
  __device__ void write(const Rows& rows, std::int64_t column, float scale) const {
    Pack<Width> scaled;
    for (int j = 0; j < Width; ++j) scaled.x[j] = value.x[j] * scale;
    store<Width>(rows.y.row(blockIdx.x) + column, scaled);
  }
};

/// The row's scale, kept for the backward pass; one thread divides.
template <unsigned Threads, class Count>
__device__ float finish_count(const Rows& rows, Count own) {
  struct Tag;
  float* scale = shared_array<float, 1, Tag>();
  const Count count = block_sum<Threads>(own);
  if (threadIdx.x == 0) {
    *scale = sparsity_scale<float>(rows.normalization, count);
    rows.scale[blockIdx.x] = *scale;
  }
  __syncthreads();
  return *scale;
}

/// A row of at most Threads * Packs packs.
template <int Width, unsigned Threads, int Packs>
__global__ void normalize(Rows rows) {
  Cells<Width> cells[Packs] = {};
  int count = 0;
  for (int p = 0; p < Packs; ++p) {
    const std::int64_t column = Width * (p * Threads + threadIdx.x);
    if (column < rows.x.cols) cells[p] = Cells<Width>::read(rows, column);
  }
  for (const Cells<Width>& own : cells) count += own.count;
  const float scale = finish_count<Threads>(rows, count);
  for (int p = 0; p < Packs; ++p) {
    const std::int64_t column = Width * (p * Threads + threadIdx.x);
    if (column < rows.x.cols) cells[p].write(rows, column, scale);
  }
}

/// A row of any length.
template <int Width, unsigned Threads>
__global__ void normalize_in_two_reads(Rows rows) {
  const std::int64_t first = Width * threadIdx.x;
  constexpr std::int64_t step = Width * Threads;
  std::int64_t count = 0;
  for (std::int64_t column = first; column < rows.x.cols; column += step) {
    count += Cells<Width>::read(rows, column).count;
  }
  const float scale = finish_count<Threads>(rows, count);
  for (std::int64_t column = first; column < rows.x.cols; column += step) {
    Cells<Width>::read(rows, column).write(rows, column, scale);
  }
}

/// dx = dy * (mask * scale).
template <int Width>
__global__ void scale_back(MatrixView<const float> dy, MatrixView<const float> mask,
                           const float* scale, MatrixView<float> dx, RowTiles<Width> tiles) {
  const std::int64_t column = tiles.column();
  if (column >= dy.cols) return;
  Pack<Width> cells[tiles.visits] = {};
  float factor[tiles.visits] = {};
  tiles.for_rows(dy.rows, [&](int v, std::int64_t r) {
    cells[v] = load<Width>(dy.row(r) + column);
    factor[v] = scale[r];
    if (mask.data == nullptr) return;
    const auto observed = load<Width>(mask.row(r) + column);
    for (int j = 0; j < Width; ++j) cells[v].x[j] *= observed.x[j];
  });
  tiles.for_rows(dy.rows, [&](int v, std::int64_t r) {
    for (float& cell : cells[v].x) cell *= factor[v];
    store<Width>(dx.row(r) + column, cells[v]);
  });
}

// Eight packs a thread are 32 registers of cells: rows of up to 8192 columns (2048 where they are
// no packs of four). Short rows get small blocks, of which more are resident.
template <int Width>
void normalize_rows(const ExecContext& ctx, const Rows& rows) {
  const auto run = [&](unsigned threads, void (*kernel)(Rows)) {
    launch(ctx, "sparsity_normalize", blocks_for(rows.x.rows, 1), threads, kernel, rows);
  };
  const std::int64_t packs = (rows.x.cols + Width - 1) / Width;
  if (packs <= 64) return run(64, normalize<Width, 64, 1>);
  if (packs <= 256) return run(256, normalize<Width, 256, 1>);
  if (packs <= 512) return run(256, normalize<Width, 256, 2>);
  if (packs <= 1024) return run(256, normalize<Width, 256, 4>);
  if (packs <= 2048) return run(256, normalize<Width, 256, 8>);
  run(256, normalize_in_two_reads<Width, 256>);
}

}  // namespace

void compute(Here, const ExecContext& ctx, const SparsityNormalize<float>& op) {
  const bool packs = fits_packs(op.x) && fits_packs(op.mask) && fits_packs(op.y);
  with_width(packs, [&]<int Width>(std::integral_constant<int, Width>) {
    normalize_rows<Width>(ctx, {op.x, op.mask, op.normalization, op.y, op.scale});
  });
}

void compute(Here, const ExecContext& ctx, const SparsityNormalizeBackward<float>& op) {
  const bool packs = fits_packs(op.dy) && fits_packs(op.mask) && fits_packs(op.dx);
  with_width(packs, [&]<int Width>(std::integral_constant<int, Width>) {
    const RowTiles<Width> tiles(op.dy.cols);
    launch(ctx, "sparsity_normalize_backward", tiles.grid(op.dy.rows, op.dy.cols), tiles.threads,
           scale_back<Width>, op.dy, op.mask, op.scale, op.dx, tiles);
  });
}

template struct Kernel<SparsityNormalize>;
template struct Kernel<SparsityNormalizeBackward>;

}  // namespace lacuna::LACUNA_DEVICE
