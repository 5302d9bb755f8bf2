// Two passes each: see column_sums.cuh for sums of columns; a sum of squares leaves a partial sum
// for every piece of the array, which one block adds in order. The floor is one read of x.
#include <algorithm>

#include "kernels/core/block_sum.cuh"
#include "kernels/core/column_sums.cuh"
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/dense/reduce.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

constexpr unsigned piece_threads = 256;
constexpr int piece_packs = 8;  ///< a thread loads at once
constexpr std::int64_t piece_size = 4 * piece_packs * piece_threads;

__global__ void sum_piece_squares(const float* x, std::int64_t size, double* partial) {
  const std::int64_t begin = blockIdx.x * piece_size;
  const bool aligned = fits_packs(x);
  Pack<4> packs[piece_packs];
  for (int v = 0; v < piece_packs; ++v) {
    const std::int64_t i = begin + 4 * (v * piece_threads + threadIdx.x);
    packs[v] = load_some(x + i, size - i, aligned);
  }
  double sum = 0;
  for (const Pack<4>& pack : packs) {
    for (const float value : pack.x) sum += static_cast<double>(value) * static_cast<double>(value);
  }
  sum = block_sum<piece_threads>(sum);
  if (threadIdx.x == 0) partial[blockIdx.x] = sum;
}

__global__ void add_partial_sums(const double* partial, std::int64_t count, double* sum) {
  const double total = sum_of_partials<piece_threads>(partial, count);
  if (threadIdx.x == 0) *sum = total;
}

}  // namespace

void compute(Here, const ExecContext& ctx, const ColumnSum<float>& op) {
  const bool packs = fits_packs(op.x) && fits_packs(op.sum);
  with_width(packs, [&]<int Width>(std::integral_constant<int, Width>) {
    sum_columns<Width>(ctx, "column_sum", MatrixCells{op.x}, op.x.rows, op.x.cols, op.sum);
  });
}

void compute(Here, const ExecContext& ctx, const SumOfSquares<float>& op) {
  const auto size = static_cast<std::int64_t>(op.x.size());
  const std::int64_t pieces = Blocks{size, piece_size}.count();
  double* partial = reserve<double>(ctx, std::max<std::int64_t>(pieces, 1));
  launch(ctx, "sum_of_squares", blocks_for(size, piece_size), piece_threads, sum_piece_squares,
         op.x.data(), size, partial);
  launch(ctx, "sum_of_squares", 1, piece_threads, add_partial_sums, partial, pieces, op.sum);
}

template struct Kernel<ColumnSum>;
template struct Kernel<SumOfSquares>;

}  // namespace lacuna::LACUNA_DEVICE
