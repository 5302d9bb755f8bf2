// The floor is two reads of the rows' entries and a write of those that are taken: which ones these
// are follows from the row's largest word, and where rows go from what those before them take. A
// block measures each row, one block adds the measures up, then a block copies each row.
#include "kernels/core/block_scan.cuh"
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/scratch_layout.hpp"
#include "kernels/levels/gather_levels.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

constexpr unsigned row_threads = 128;

/// A row of `from`, its entries shared out among the threads of a block.
struct SourceRow {
  const GatherLevels<float>& op;
  std::int64_t row;
  std::int64_t begin;
  std::int64_t end;

  __device__ SourceRow(const GatherLevels<float>& gather, std::int64_t i)
      : op(gather),
        row(gather.order == nullptr ? i : gather.order[i]),
        begin(gather.from.row_ptr[row]),
        end(gather.from.row_ptr[row + 1]) {}

  __device__ std::uint32_t word(std::int64_t entry) const {
    const auto i = static_cast<std::uint64_t>(entry - begin);
    return entry_words(op.stream, row, i / entries_of_block)[i % entries_of_block];
  }
  __device__ bool takes(std::int64_t entry, std::uint32_t below) const {
    return op.role == EntryRole::any || has_role(op.role, word(entry), below);
  }
  /// All threads of the block must call it.
  __device__ std::uint32_t threshold() const {
    if (op.role == EntryRole::any) return 0;
    std::uint32_t largest = 0;
    for (std::int64_t e = begin + threadIdx.x; e < end; e += row_threads) {
      const std::uint32_t own = word(e);
      if (own > largest) largest = own;
    }
    largest = block_reduce<row_threads>(
        largest, [](std::uint32_t a, std::uint32_t b) { return a > b ? a : b; });
    return given_below(op.stream, row, largest);
  }
};

/// Leaves the row's number of entries in row_ptr, one place behind the row's own.
__global__ void __launch_bounds__(row_threads)
    measure_row(GatherLevels<float> op, std::uint32_t* thresholds) {
  const SourceRow source(op, blockIdx.x);
  const std::uint32_t below = source.threshold();
  std::int64_t cells = 0;
  std::int64_t entries = 0;
  for (std::int64_t e = source.begin + threadIdx.x; e < source.end; e += row_threads) {
    if (!source.takes(e, below)) continue;
    ++cells;
    entries += coded_entries(op, e);
  }
  cells = block_sum<row_threads>(cells);
  entries = block_sum<row_threads>(entries);
  if (threadIdx.x > 0) return;
  thresholds[blockIdx.x] = below;
  op.cells[blockIdx.x] = cells;
  op.row_ptr[blockIdx.x + 1] = entries;
}

constexpr unsigned place_threads = 1024;

/// Each thread adds up some neighbouring rows, in place: the block meets once.
__global__ void __launch_bounds__(place_threads)
    place_rows(std::int64_t* row_ptr, std::int64_t rows) {
  const std::int64_t each = (rows + place_threads - 1) / place_threads;
  const std::int64_t first = each * threadIdx.x;
  const std::int64_t last = first + each < rows ? first + each : rows;
  std::int64_t length = 0;
  for (std::int64_t i = first; i < last; ++i) length += row_ptr[i + 1];
  std::int64_t slot = block_sum_before<place_threads>(length);
  for (std::int64_t i = first; i < last; ++i) row_ptr[i + 1] = slot += row_ptr[i + 1];
  if (threadIdx.x == 0) row_ptr[0] = 0;
}

/// The entries keep their order: each round of the block's goes behind the one before.
__global__ void __launch_bounds__(row_threads)
    copy_row(GatherLevels<float> op, const std::uint32_t* thresholds) {
  const SourceRow source(op, blockIdx.x);
  const std::uint32_t below = thresholds[blockIdx.x];
  std::int64_t slot = op.row_ptr[blockIdx.x];
  for (std::int64_t round = source.begin; round < source.end; round += row_threads) {
    const std::int64_t e = round + threadIdx.x;
    const bool taken = e < source.end && source.takes(e, below);
    const std::int64_t entries = taken ? coded_entries(op, e) : 0;
    const std::int64_t before = block_sum_before<row_threads>(entries);
    if (taken) write_coded(op, e, slot + before);
    slot += block_sum<row_threads>(entries);
  }
}

}  // namespace

void compute(Here, const ExecContext& ctx, const GatherLevels<float>& op) {
  const auto rows = static_cast<unsigned>(op.rows);
  ScratchLayout layout;
  const std::size_t thresholds = layout.add<std::uint32_t>(op.rows);
  layout.reserve(ctx);
  auto* below = layout.at<std::uint32_t>(thresholds);
  launch(ctx, "gather_levels", dim3(rows), row_threads, measure_row, op, below);
  launch(ctx, "gather_levels", dim3(1), place_threads, place_rows, op.row_ptr, op.rows);
  launch(ctx, "gather_levels", dim3(rows), row_threads, copy_row, op,
         static_cast<const std::uint32_t*>(below));
}

template struct Kernel<GatherLevels>;

}  // namespace lacuna::LACUNA_DEVICE
