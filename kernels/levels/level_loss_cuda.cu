// L rows of weights per entry: a warp has the hidden row and the row's sum of dH in registers,
// takes the inner products of a few entries with their weight rows, has a lane compute each entry's
// cost and, while the weights are in L1, adds them to dH. The floor is nnz L rows of h floats, from
// the cache where the weights fit into it. Rows too long for registers are summed by tiles in a
// launch of their own, which reads the weights once more.
#include "kernels/core/device_kernel.hpp"
#include "kernels/levels/level_cells.cuh"
#include "kernels/levels/level_loss.hpp"
#include "kernels/sparse/list_sums.cuh"

namespace lacuna::LACUNA_DEVICE {

namespace {

/// Adds the weights of `count` entries, times their gradients, to a sum of the columns from
/// `column` on. `gradient` is [count, levels].
template <class Slice>
__device__ void add_group(const Cells& in, const float* gradient, std::int64_t entry,
                          std::int64_t count, std::int64_t column, Slice& sum) {
  constexpr int at_once = rows_at_once<Slice>;
  const std::int64_t rows = count * in.levels.count;
  for (std::int64_t first = 0; first < rows; first += at_once) {
    Slice row[at_once];
    float factor[at_once];
    for (int i = 0; i < at_once; ++i) {
      const std::int64_t number = first + i < rows ? first + i : rows - 1;
      factor[i] = gradient[number];
      row[i] = Slice::load(in.weight.row(in.weight_row(entry, number)) + column,
                           in.weight.cols - column);
    }
    LACUNA_UNROLL  // rows stay in registers
        for (int i = 0; i < at_once; ++i) {
      if (first + i < rows) sum.add(factor[i], row[i]);
    }
  }
}

__device__ float* gradient_at(const LevelLoss<float>& op, std::int64_t entry) {
  return op.score_gradient + (entry - op.target.first) * op.levels.count;
}

/// Costs and score gradients of `count` entries of row `r`, an entry a lane; returns the lane's
/// share of the loss.
__device__ double cost_group(const LevelLoss<float>& op, const GroupMemory& memory, std::int64_t r,
                             std::int64_t entry, std::int64_t count) {
  const auto lane = static_cast<std::int64_t>(lane_of_warp());
  double loss = 0;
  __syncwarp();  // the scores are there
  if (lane < count) {
    const auto asked = static_cast<double>(op.target.row_ptr[r + 1] - op.target.row_ptr[r]);
    const double weight =
        op.given == nullptr ? 1 : (static_cast<double>(op.given[r]) + asked) / asked;
    const float target = op.target.value[entry + lane];
    const auto level = static_cast<std::int32_t>(level_of(op.levels, target));
    float cost = 0;
    level_costs<1>(op.cost, op.levels.count, entries_at_once, &level, memory.score + lane,
                   memory.log_sums + lane, memory.gradient + lane, &cost);
    loss = weight * static_cast<double>(cost);
    const auto factor = static_cast<float>(op.factor * weight);
    float* gradient = gradient_at(op, entry + lane);
    for (std::int64_t k = 0; k < op.levels.count; ++k) {
      gradient[k] = factor * memory.gradient[k * entries_at_once + lane];
    }
  }
  __syncwarp();  // gradients are read by all lanes, and scores written over
  return loss;
}

/// `Sums`: dH's, too; else the score gradients only.
template <class Slice, bool Sums>
__global__ void __launch_bounds__(chunk_threads)
    differentiate_chunks(LevelLoss<float> op, Cells in, ListSums sums, double* chunk_loss) {
  const GroupMemory memory;
  const Chunk chunk = chunk_of_warp(in.rows);
  double loss = 0;
  if (chunk.begin < chunk.end) {
    ListAt at = list_of(in.rows, chunk.begin);
    for (std::int64_t entry = chunk.begin;;) {
      const std::int64_t end = at.end < chunk.end ? at.end : chunk.end;
      Slice sum = {};
      for (; entry < end; entry += entries_at_once) {
        const std::int64_t count = group_at(entry, end);
        score_group<Slice>(in, in.hidden.row(at.list), entry, count, memory.score);
        loss += cost_group(op, memory, at.list, entry, count);
        if constexpr (Sums) add_group(in, gradient_at(op, entry), entry, count, 0, sum);
      }
      if constexpr (Sums) store_sum(sums, chunk, at, 0, sum, 0.0f);
      if (end == chunk.end) break;
      entry = end;
      step_to_next(in.rows, at);
    }
  }
  loss = warp_sum(loss);
  if (lane_of_warp() == 0 && chunk.number < in.rows.chunks()) chunk_loss[chunk.number] = loss;
}

/// dH from the score gradients, a tile of columns for each blockIdx.y.
template <class Slice>
__global__ void __launch_bounds__(chunk_threads)
    sum_chunks(LevelLoss<float> op, Cells in, ListSums sums) {
  const Chunk chunk = chunk_of_warp(in.rows);
  if (chunk.begin >= chunk.end) return;
  const std::int64_t column = std::int64_t{blockIdx.y} * Slice::columns;
  ListAt at = list_of(in.rows, chunk.begin);
  for (std::int64_t entry = chunk.begin;;) {
    const std::int64_t end = at.end < chunk.end ? at.end : chunk.end;
    Slice sum = {};
    add_group(in, gradient_at(op, entry), entry, end - entry, column, sum);
    store_sum(sums, chunk, at, column, sum, 0.0f);
    if (end == chunk.end) break;
    entry = end;
    step_to_next(in.rows, at);
  }
}

template <class Slice>
__global__ void __launch_bounds__(chunk_threads)
    predict_chunks(LevelPrediction<float> op, Cells in) {
  const GroupMemory memory;
  const Chunk chunk = chunk_of_warp(in.rows);
  if (chunk.begin >= chunk.end) return;
  const auto lane = static_cast<std::int64_t>(lane_of_warp());
  ListAt at = list_of(in.rows, chunk.begin);
  for (std::int64_t entry = chunk.begin; entry < chunk.end;) {
    if (entry == at.end) step_to_next(in.rows, at);
    const std::int64_t end = at.end < chunk.end ? at.end : chunk.end;
    const std::int64_t count = group_at(entry, end);
    score_group<Slice>(in, in.hidden.row(at.list), entry, count, memory.score);
    __syncwarp();
    if (lane < count) {
      expected_levels<1>(op.cumulative, op.levels.count, entries_at_once, op.levels.value,
                         memory.score + lane, op.prediction + (entry + lane - op.cells.first));
    }
    __syncwarp();
    entry += count;
  }
}

/// Beside the rows' gradients, which stay as they are, the loss.
struct AddLosses : Unchanged {
  const double* chunk_loss;
  std::int64_t chunks;
  std::int64_t rows;
  LossSum* loss;

  AddLosses(const double* losses, const EntryLists& lists, LossSum* sum)
      : chunk_loss(losses), chunks(lists.chunks()), rows(lists.count), loss(sum) {}

  __device__ void beside() const {
    const double sum = sum_of_partials<finish_threads>(chunk_loss, chunks);
    if (threadIdx.x > 0) return;
    loss->sum = sum;
    loss->count = static_cast<double>(rows);
  }
};

}  // namespace

void compute(Here, const ExecContext& ctx, const LevelLoss<float>& op) {
  const Cells in(op, op.target);
  const std::int64_t columns = op.hidden.cols;
  ScratchLayout layout;
  const PieceMemory pieces(layout, in.rows, columns);
  const std::size_t losses = layout.add<double>(in.rows.chunks());
  layout.reserve(ctx);
  ListSums sums{.out = op.hidden_gradient};
  pieces.assign(layout, sums);
  auto* chunk_loss = layout.at<double>(losses);
  const bool packs = fits_packs(in.hidden) && fits_packs(in.weight) && fits_packs(sums.out);
  with_row_slice(columns, packs, [&]<class Slice>(Slice) {
    const auto launch_chunks = [&](auto kernel) {
      launch(ctx, "level_loss", dim3(in.rows.blocks()), chunk_threads, kernel, op, in, sums,
             chunk_loss);
    };
    if (columns <= Slice::columns) return launch_chunks(differentiate_chunks<Slice, true>);
    launch_chunks(differentiate_chunks<Slice, false>);
    launch(ctx, "level_loss", dim3(in.rows.blocks(), blocks_for(columns, Slice::columns)),
           chunk_threads, sum_chunks<Slice>, op, in, sums);
  });
  launch_finish(ctx, "level_loss", in.rows, sums, AddLosses(chunk_loss, in.rows, op.loss));
}

void compute(Here, const ExecContext& ctx, const LevelPrediction<float>& op) {
  const Cells in(op, op.cells);
  const bool packs = fits_packs(in.hidden) && fits_packs(in.weight);
  with_row_slice(in.hidden.cols, packs, [&]<class Slice>(Slice) {
    launch(ctx, "level_prediction", dim3(in.rows.blocks()), chunk_threads, predict_chunks<Slice>,
           op, in);
  });
}

template struct Kernel<LevelLoss>;
template struct Kernel<LevelPrediction>;

}  // namespace lacuna::LACUNA_DEVICE
