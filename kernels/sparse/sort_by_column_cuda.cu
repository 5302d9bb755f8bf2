// A stable radix sort of the entries' columns, 8 bits at a pass from the lowest, with as many
// passes as the number of columns needs. A pass moves 16 bytes an entry and has three launches:
// blocks count their digits, the counts are summed over the blocks before, blocks move their
// entries. No atomics: an entry's slot follows from how many of its digit come before it.
#include "kernels/core/device_kernel.hpp"
#include "kernels/sparse/radix_pass.cuh"
#include "kernels/sparse/sort_by_column.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

struct WarpCounts;  // tags the shared memory

__global__ void count_block_digits(RadixPass pass) {
  std::int32_t* counts = shared_array<std::int32_t, radix_warps * digits, WarpCounts>();
  count_digits(pass, RadixKeys(pass), counts);
  std::int32_t count = 0;
  for (unsigned w = 0; w < radix_warps; ++w) count += counts[w * digits + threadIdx.x];
  pass.counts[threadIdx.x * pass.blocks() + blockIdx.x] = count;
}

/// A warp per digit: each count becomes the sum of the blocks' before. A lane has some neighbouring
/// blocks, so that lanes meet once.
__global__ void sum_block_counts(RadixPass pass) {
  const unsigned digit = blockIdx.x * radix_warps + threadIdx.x / warp_lanes;
  std::int32_t* counts = pass.counts + digit * pass.blocks();
  const std::int64_t each = (pass.blocks() + warp_lanes - 1) / warp_lanes;
  const std::int64_t first = each * (threadIdx.x % warp_lanes);
  const std::int64_t last = first + each < pass.blocks() ? first + each : pass.blocks();
  std::int32_t count = 0;
  for (std::int64_t i = first; i < last; ++i) count += counts[i];
  std::int32_t sum = warp_sum_before(count);
  for (std::int64_t i = first; i < last; ++i) {
    const std::int32_t own = counts[i];
    counts[i] = sum;
    sum += own;
  }
  if (threadIdx.x % warp_lanes == warp_lanes - 1) pass.totals[digit] = sum;
}

__global__ void move_entries(RadixPass pass) {
  std::int32_t* slots = shared_array<std::int32_t, radix_warps * digits, WarpCounts>();
  const RadixKeys keys(pass);
  std::int32_t number[radix_visits];
  for (int v = 0; v < radix_visits; ++v) number[v] = keys.number(pass, v);
  count_digits(pass, keys, slots);
  std::int32_t slot = block_sum_before<radix_threads>(pass.totals[threadIdx.x]) +
                      pass.counts[threadIdx.x * pass.blocks() + blockIdx.x];
  for (unsigned w = 0; w < radix_warps; ++w) {
    std::int32_t& first = slots[w * digits + threadIdx.x];
    slot += first;
    first = slot - first;
  }
  __syncthreads();
  std::int32_t* own = slots + threadIdx.x / warp_lanes * digits;
  for (int v = 0; v < radix_visits; ++v) {
    const SameDigit same(keys.key[v], pass.shift);
    const std::int32_t first = same.digit < digits ? own[same.digit] : 0;
    __syncwarp();  // all have read before one writes
    if (same.leads()) own[same.digit] = first + static_cast<std::int32_t>(same.count);
    __syncwarp();
    if (same.digit == digits) continue;
    const std::int64_t to = first + static_cast<std::int32_t>(same.before);
    pass.to[to] = keys.key[v];
    pass.to_number[to] = number[v];
  }
}

void launch_pass(const ExecContext& ctx, const char* name, const RadixPass& pass) {
  const dim3 blocks(static_cast<unsigned>(pass.blocks()));
  launch(ctx, name, blocks, radix_threads, count_block_digits, pass);
  launch(ctx, name, dim3(digits / radix_warps), radix_threads, sum_block_counts, pass);
  launch(ctx, name, blocks, radix_threads, move_entries, pass);
}

constexpr unsigned index_threads = 256;

/// How many of the ascending values are less than x.
template <class T>
__device__ std::int64_t count_less(const T* values, std::int64_t size, std::int64_t x) {
  std::int64_t below = 0;
  while (size > 0) {
    const std::int64_t half = size / 2;
    const bool less = values[below + half] < x;
    below = less ? below + half + 1 : below;
    size = less ? size - half - 1 : half;
  }
  return below;
}

/// A thread per column, those without entries too.
__global__ void index_columns(SortByColumn<float> op, const std::int32_t* sorted) {
  const std::int64_t c = std::int64_t{blockIdx.x} * index_threads + threadIdx.x;
  if (c > op.rows.cols) return;
  if (c == 0) *op.stored = op.rows.cols;
  const std::int64_t entries = op.rows.row_ptr[op.rows.rows] - op.rows.row_ptr[0];
  op.col_ptr[c] = count_less(sorted, entries, c);
  if (c < op.rows.cols) op.column[c] = static_cast<std::int32_t>(c);
}

/// A thread per entry: the row from its number in the CSR.
__global__ void find_rows(SortByColumn<float> op) {
  const std::int64_t i = std::int64_t{blockIdx.x} * index_threads + threadIdx.x;
  const std::int64_t* row_ptr = op.rows.row_ptr;
  const std::int64_t first = row_ptr[0];
  if (i >= row_ptr[op.rows.rows] - first) return;
  const std::int64_t entry = first + op.position[i];
  op.row[i] = static_cast<std::int32_t>(count_less(row_ptr + 1, op.rows.rows, entry + 1));
}

int passes_for(std::int64_t cols) {
  int passes = 1;
  while (cols > (std::int64_t{1} << (digit_bits * passes))) ++passes;
  return passes;
}

/// Sorts into op.position and returns the sorted columns.
const std::int32_t* sort(const ExecContext& ctx, const SortByColumn<float>& op) {
  ScratchLayout layout;
  const RadixMemory memory(layout, op.rows.nnz);
  const std::size_t keys[2] = {layout.add<std::int32_t>(op.rows.nnz),
                               layout.add<std::int32_t>(op.rows.nnz)};
  const std::size_t numbers = layout.add<std::int32_t>(op.rows.nnz);
  layout.reserve(ctx);
  const int passes = passes_for(op.rows.cols);
  RadixPass pass{.ptr = op.rows.row_ptr, .lists = op.rows.rows, .nnz = op.rows.nnz};
  memory.assign(layout, pass);
  for (int p = 0; p < passes; ++p) {
    pass.shift = digit_bits * p;
    pass.from = p == 0 ? op.rows.col : pass.to;
    pass.from_number = p == 0 ? nullptr : pass.to_number;
    pass.to = layout.at<std::int32_t>(keys[p % 2]);
    pass.to_number = (passes - p) % 2 == 1 ? op.position : layout.at<std::int32_t>(numbers);
    launch_pass(ctx, "sort_by_column", pass);
  }
  return pass.to;
}

}  // namespace

void compute(Here, const ExecContext& ctx, const SortByColumn<float>& op) {
  const std::int32_t* sorted = sort(ctx, op);
  launch(ctx, "sort_by_column", dim3(blocks_for(op.rows.cols + 1, index_threads)), index_threads,
         index_columns, op, sorted);
  launch(ctx, "sort_by_column", dim3(blocks_for(op.rows.nnz, index_threads)), index_threads,
         find_rows, op);
}

template struct Kernel<SortByColumn>;

}  // namespace lacuna::LACUNA_DEVICE
