// The floor is one read of the scores and one write of the cells. A block reads the scores of its
// cells as they lie into shared memory, where a thread has a cell.
#include "kernels/core/block_sum.cuh"
#include "kernels/core/device_kernel.hpp"
#include "kernels/levels/level_expectation.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

constexpr unsigned cell_threads = 128;

/// Scores of a cell lie cell_threads + 1 apart, so that neither side of the turn has conflicts.
__global__ void __launch_bounds__(cell_threads) expect_cells(LevelExpectation<float> op) {
  struct Tag;
  constexpr std::int64_t stride = cell_threads + 1;
  auto* score = shared_array<float, most_levels * stride, Tag>();
  const std::int64_t levels = op.levels.count;
  const std::int64_t first = std::int64_t{blockIdx.y} * cell_threads;
  const std::int64_t left = op.y.cols - first;
  const std::int64_t cells = left < cell_threads ? left : std::int64_t{cell_threads};
  const float* from = op.score.row(blockIdx.x) + first * levels;
  for (std::int64_t i = threadIdx.x; i < cells * levels; i += cell_threads) {
    score[i % levels * stride + i / levels] = from[i];
  }
  __syncthreads();
  const std::int64_t cell = threadIdx.x;
  if (cell >= cells) return;
  expected_levels<1>(op.cumulative, levels, stride, op.levels.value, score + cell,
                     op.y.row(blockIdx.x) + first + cell);
}

}  // namespace

void compute(Here, const ExecContext& ctx, const LevelExpectation<float>& op) {
  const auto rows = static_cast<unsigned>(op.y.rows);
  launch(ctx, "level_expectation", dim3(rows, blocks_for(op.y.cols, cell_threads)), cell_threads,
         expect_cells, op);
}

template struct Kernel<LevelExpectation>;

}  // namespace lacuna::LACUNA_DEVICE
