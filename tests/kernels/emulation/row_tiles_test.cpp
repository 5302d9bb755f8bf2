#include "kernels/core/row_tiles.cuh"

#include "tests/kernels/emulation/emulated.hpp"

namespace lacuna::emulation {
namespace {

using ::testing::Each;

constexpr unsigned lanes = 32;

TEST(RowTiles, OfMoreColumnsThanAnAxisOfAGridHasTilesFitTheGrid) {
  constexpr std::int64_t cols = 65536 * std::int64_t{lanes} + 1;
  const RowTiles<1> tiles(cols, lanes);
  const dim3 grid = tiles.grid(1000, cols, 10);
  EXPECT_EQ(grid.x, 100u);
  EXPECT_LE(grid.y, 65535u);
  EXPECT_LE(grid.z, 65535u);
  EXPECT_GE(std::int64_t{grid.y} * grid.z * lanes, cols);
  EXPECT_EQ(tiles.blocks(grid), std::int64_t{100} * grid.y * grid.z);
}

__global__ void count_visits(RowTiles<1> tiles, std::int64_t cols, int* columns, int* blocks) {
  if (threadIdx.x == 0) atomicAdd(blocks + tiles.block(), 1);
  if (tiles.row_in_block() == 0 && tiles.column() < cols) atomicAdd(columns + tiles.column(), 1);
}

TEST(RowTiles, OfAGridInThreeAxesHaveEachColumnAndNumberOnce) {
  constexpr std::int64_t cols = 11 * lanes - 5;
  const RowTiles<1> tiles(cols, lanes);
  const dim3 grid(1, 3, 4);
  const Array<int> columns(std::vector<int>(cols, 0));
  const Array<int> blocks(std::vector<int>(12, 0));
  run(grid, tiles.threads, count_visits, tiles, cols, columns.get(), blocks.get());
  EXPECT_THAT(columns.values(), Each(1));
  EXPECT_THAT(blocks.values(), Each(1));
}

}  // namespace
}  // namespace lacuna::emulation
