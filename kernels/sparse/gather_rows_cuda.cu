// The floor is one read and one write of the rows' entries. Where rows go follows from the lengths
// of those before them: one block adds these up; then a block copies each row.
#include "kernels/core/block_scan.cuh"
#include "kernels/core/device_kernel.hpp"
#include "kernels/sparse/gather_rows.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

/// A row of `from`.
struct Source {
  std::int64_t begin = 0;
  std::int64_t length = 0;

  __device__ Source(const GatherRows<float>& op, std::int64_t i) {
    const std::int32_t row = op.order[i];
    begin = op.from.row_ptr[row];
    length = op.from.row_ptr[row + 1] - begin;
  }
};

constexpr unsigned place_threads = 1024;

/// Each thread adds up some neighbouring rows, so that the block meets once whatever their number:
/// it is 100 to 70,000, hence 70 dependent additions at most.
__global__ void __launch_bounds__(place_threads) place_rows(GatherRows<float> op) {
  const std::int64_t each = (op.rows + place_threads - 1) / place_threads;
  const std::int64_t first = each * threadIdx.x;
  const std::int64_t last = first + each < op.rows ? first + each : op.rows;
  std::int64_t length = 0;
  for (std::int64_t i = first; i < last; ++i) length += Source(op, i).length;
  std::int64_t slot = block_sum_before<place_threads>(length);
  for (std::int64_t i = first; i < last; ++i) {
    op.row_ptr[i] = slot;
    slot += Source(op, i).length;
  }
  if (threadIdx.x == place_threads - 1) op.row_ptr[op.rows] = slot;
}

constexpr unsigned copy_threads = 128;

/// Rows have some hundred entries: a block has most of a row's loads on their way at once. They
/// begin anywhere, so that nothing is aligned.
__global__ void copy_row(GatherRows<float> op) {
  constexpr int at_once = 4;
  const Source source(op, blockIdx.x);
  const std::int64_t slot = op.row_ptr[blockIdx.x];
  for (std::int64_t i = threadIdx.x; i < source.length; i += at_once * copy_threads) {
    std::int32_t col[at_once] = {};
    float value[at_once] = {};
    for (int k = 0; k < at_once; ++k) {
      const std::int64_t j = i + k * copy_threads;
      if (j >= source.length) continue;
      col[k] = op.from.col[source.begin + j];
      value[k] = op.from.value[source.begin + j];
    }
    for (int k = 0; k < at_once; ++k) {
      const std::int64_t j = i + k * copy_threads;
      if (j >= source.length) continue;
      op.col[slot + j] = col[k];
      op.value[slot + j] = value[k];
    }
  }
}

}  // namespace

void compute(Here, const ExecContext& ctx, const GatherRows<float>& op) {
  launch(ctx, "gather_rows", dim3(1), place_threads, place_rows, op);
  launch(ctx, "gather_rows", dim3(static_cast<unsigned>(op.rows)), copy_threads, copy_row, op);
}

template struct Kernel<GatherRows>;

}  // namespace lacuna::LACUNA_DEVICE
