// A stable radix sort of the entries' columns in each group, 8 bits at a pass from the lowest, with
// as many passes as the number of columns needs. A pass moves 16 bytes an entry and has three
// launches: blocks count their digits, the counts are summed over the blocks before, blocks move
// their entries. No atomics: an entry's slot follows from how many of its digit come before it. The
// lists of columns are then placed in the same way. Working memory is 8 bytes an entry, 1 KB for
// every 2048 entries and 2 KB a group.
#include "kernels/core/device_kernel.hpp"
#include "kernels/sparse/sort_by_column.hpp"
#include "kernels/sparse/tile_lists.cuh"

namespace lacuna::LACUNA_DEVICE {

namespace {

struct WarpCounts;  // tags the shared memory

__global__ void count_block_digits(RadixPass pass) {
  std::int32_t* counts = shared_array<std::int32_t, radix_warps * digits, WarpCounts>();
  const RadixKeys keys(pass);
  count_digits(pass, keys, counts);
  std::int32_t count = 0;
  for (unsigned w = 0; w < radix_warps; ++w) count += counts[w * digits + threadIdx.x];
  pass.counts_of(keys.at_tile.group, threadIdx.x)[keys.at_tile.tile] = count;
}

/// A warp per group and digit: each count becomes the sum of the tiles' before. A lane has some
/// neighbouring tiles, so that lanes meet once.
__global__ void sum_block_counts(RadixPass pass) {
  const std::int64_t list = std::int64_t{blockIdx.x} * radix_warps + threadIdx.x / warp_lanes;
  const std::int64_t tiles = pass.tiles(list / digits);
  std::int32_t* counts = pass.counts_of(list / digits, static_cast<unsigned>(list % digits));
  const std::int64_t each = (tiles + warp_lanes - 1) / warp_lanes;
  const std::int64_t first = each * (threadIdx.x % warp_lanes);
  const std::int64_t last = first + each < tiles ? first + each : tiles;
  std::int32_t count = 0;
  for (std::int64_t i = first; i < last; ++i) count += counts[i];
  std::int32_t sum = warp_sum_before(count);
  for (std::int64_t i = first; i < last; ++i) {
    const std::int32_t own = counts[i];
    counts[i] = sum;
    sum += own;
  }
  if (threadIdx.x % warp_lanes == warp_lanes - 1) pass.totals[list] = sum;
}

__global__ void move_entries(RadixPass pass) {
  std::int32_t* slots = shared_array<std::int32_t, radix_warps * digits, WarpCounts>();
  const RadixKeys keys(pass);
  std::int32_t number[radix_visits];
  for (int v = 0; v < radix_visits; ++v) number[v] = keys.number(pass, v);
  count_digits(pass, keys, slots);
  const GroupTile& at = keys.at_tile;
  std::int32_t slot =
      block_sum_before<radix_threads>(pass.totals[at.group * digits + threadIdx.x]) +
      pass.counts_of(at.group, threadIdx.x)[at.tile];
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
    const std::int64_t to = at.begin + first + static_cast<std::int32_t>(same.before);
    pass.to[to] = keys.key[v];
    pass.to_number[to] = number[v];
  }
}

void launch_pass(const ExecContext& ctx, const RadixPass& pass) {
  const dim3 blocks(pass.groups.blocks());
  launch(ctx, "sort_by_column", blocks, radix_threads, count_block_digits, pass);
  launch(ctx, "sort_by_column",
         dim3(static_cast<unsigned>(pass.groups.groups) * (digits / radix_warps)), radix_threads,
         sum_block_counts, pass);
  launch(ctx, "sort_by_column", blocks, radix_threads, move_entries, pass);
}

__global__ void count_lists(TiledGroups groups, const std::int32_t* columns,
                            std::int64_t* tile_lists) {
  const std::int64_t own = ListHeads(groups, columns).count();
  const std::int64_t before = block_sum_before<radix_threads>(own);
  if (threadIdx.x == radix_threads - 1) tile_lists[blockIdx.x] = before + own;
}

constexpr unsigned place_list_threads = 256;

/// One block: each tile's number of lists becomes that of its first list.
__global__ void __launch_bounds__(place_list_threads)
    place_lists(TiledGroups groups, std::int64_t* tile_lists, ColumnLists lists) {
  const std::int64_t size = groups.tiles();
  const std::int64_t each = (size + place_list_threads - 1) / place_list_threads;
  const std::int64_t first = each * threadIdx.x;
  const std::int64_t last = first + each < size ? first + each : size;
  std::int64_t count = 0;
  for (std::int64_t i = first; i < last; ++i) count += tile_lists[i];
  std::int64_t list = block_sum_before<place_list_threads>(count);
  for (std::int64_t i = first; i < last; ++i) {
    const std::int64_t own = tile_lists[i];
    tile_lists[i] = list;
    list += own;
  }
  __syncthreads();
  for (std::int64_t g = threadIdx.x; g < groups.groups; g += place_list_threads) {
    lists.list_ptr[g] = tile_lists[groups.first_tile(g)];
  }
  if (threadIdx.x < place_list_threads - 1) return;
  lists.list_ptr[groups.groups] = list;
  lists.col_ptr[list] = groups.groups == 0 ? 0 : groups.ptr[groups.rows] - groups.ptr[0];
}

__global__ void store_lists(TiledGroups groups, const std::int32_t* columns,
                            const std::int64_t* tile_lists, ColumnLists lists) {
  const ListHeads heads(groups, columns);
  const GroupTile& at = heads.at_tile;
  std::int64_t list = tile_lists[blockIdx.x] + block_sum_before<radix_threads>(heads.count());
  for (std::int64_t i = heads.first; i < heads.last; ++i) {
    if (!heads.begins(i)) continue;
    lists.column[list] = heads.sorted[i];
    lists.col_ptr[list++] = at.begin + i;
  }
}

/// A thread per entry at a visit: its row from its number in the group.
__global__ void find_rows(TiledGroups groups, ColumnLists lists) {
  const GroupTile at(groups);
  const std::int64_t* ptr = groups.ptr + at.first_row;
  for (int v = 0; v < radix_visits; ++v) {
    const std::int64_t i = at.tile * radix_tile + v * std::int64_t{radix_threads} + threadIdx.x;
    if (i >= at.size) return;
    const std::int64_t entry = ptr[0] + lists.position[at.begin + i];
    lists.row[at.begin + i] = static_cast<std::int32_t>(row_of_entry(ptr, at.rows, entry));
  }
}

/// The lists of the sorted columns, then the rows, whose memory the sort has used.
void store_sorted(const ExecContext& ctx, const TiledGroups& groups, const std::int32_t* columns,
                  std::int64_t* tile_lists, const ColumnLists& lists) {
  const dim3 blocks(groups.blocks());
  launch(ctx, "sort_by_column", blocks, radix_threads, count_lists, groups, columns, tile_lists);
  launch(ctx, "sort_by_column", dim3(1), place_list_threads, place_lists, groups, tile_lists,
         lists);
  launch(ctx, "sort_by_column", blocks, radix_threads, store_lists, groups, columns, tile_lists,
         lists);
  launch(ctx, "sort_by_column", blocks, radix_threads, find_rows, groups, lists);
}

int passes_for(std::int64_t cols) {
  int passes = 1;
  while (cols > (std::int64_t{1} << (digit_bits * passes))) ++passes;
  return passes;
}

}  // namespace

void compute(Here, const ExecContext& ctx, const SortByColumn<float>& op) {
  const TiledGroups groups{op.rows.row_ptr, op.rows.rows, op.group_rows, op.groups(), op.rows.nnz};
  ScratchLayout layout;
  const std::size_t counts = layout.add<std::int32_t>(groups.tiles() * digits);
  const std::size_t totals = layout.add<std::int32_t>(groups.groups * digits);
  const std::size_t tile_lists = layout.add<std::int64_t>(groups.tiles());
  const std::size_t keys = layout.add<std::int32_t>(op.rows.nnz);
  const std::size_t numbers = layout.add<std::int32_t>(op.rows.nnz);
  layout.reserve(ctx);
  RadixPass pass{.groups = groups,
                 .from = op.rows.col + op.rows.first,
                 .counts = layout.at<std::int32_t>(counts),
                 .totals = layout.at<std::int32_t>(totals)};
  const int passes = passes_for(op.rows.cols);
  for (int left = passes; left > 0; --left) {  // the rows' memory takes keys until they are sorted
    pass.to = left % 2 == 1 ? layout.at<std::int32_t>(keys) : op.lists.row;
    pass.to_number = left % 2 == 1 ? op.lists.position : layout.at<std::int32_t>(numbers);
    launch_pass(ctx, pass);
    pass.from = pass.to;
    pass.from_number = pass.to_number;
    pass.shift += digit_bits;
  }
  store_sorted(ctx, groups, pass.to, layout.at<std::int64_t>(tile_lists), op.lists);
}

template struct Kernel<SortByColumn>;

}  // namespace lacuna::LACUNA_DEVICE
