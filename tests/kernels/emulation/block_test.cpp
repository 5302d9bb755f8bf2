#include <algorithm>
#include <cmath>
#include <numeric>

#include "kernels/core/shared_array.hpp"
#include "tests/kernels/emulation/emulated.hpp"

namespace lacuna::emulation {
namespace {

using ::testing::Each;

using BlockOfLanes = OnEngine;
INSTANTIATE_TEST_SUITE_P(Emulation, BlockOfLanes, engines(), engine_name);

__global__ void reverse(const int* in, int* out) {
  struct Tag;
  int* shared = shared_array<int, 96, Tag>();
  const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  shared[threadIdx.x] = in[i];
  __syncthreads();
  out[i] = shared[blockDim.x - 1 - threadIdx.x];
}

TEST_P(BlockOfLanes, BarriersOrderSharedMemory) {
  std::vector<int> numbers(2 * 96);
  std::iota(numbers.begin(), numbers.end(), 0);
  Array<int> in(numbers);
  Array<int> out(numbers.size());
  run(2, 96, reverse, in.get(), out.get());
  std::vector<int> want = numbers;
  std::reverse(want.begin(), want.begin() + 96);
  std::reverse(want.begin() + 96, want.end());
  EXPECT_EQ(out.values(), want);
}

/// Some lanes end early, after the last barrier.
__global__ void sum_of_block(int* out) {
  struct Tag;
  int* shared = shared_array<int, 64, Tag>();
  shared[threadIdx.x] = static_cast<int>(threadIdx.x + blockIdx.x);
  for (unsigned half = 32; half > 0; half /= 2) {
    __syncthreads();
    if (threadIdx.x < half) shared[threadIdx.x] += shared[threadIdx.x + half];
  }
  if (threadIdx.x > 0) return;
  out[blockIdx.x] = shared[0];
}

TEST_P(BlockOfLanes, TreesOfSumsWork) {
  Array<int> out(5);
  run(5, 64, sum_of_block, out.get());
  EXPECT_THAT(out.values(), ::testing::ElementsAre(2016, 2080, 2144, 2208, 2272));
}

struct First;
struct Second;

/// What shared memory holds at a block's start, and which arrays are the same.
__global__ void look(unsigned* before, int* same) {
  unsigned* shared = shared_array<unsigned, 4, First>();
  if (threadIdx.x == 0) {
    before[blockIdx.x] = shared[3];
    shared[3] = 1;
    if (blockIdx.x > 0) return;
    same[0] = shared == shared_array<unsigned, 4, First>();
    same[1] = shared == shared_array<unsigned, 4, Second>();
    same[2] = std::isnan(shared_array<float, 1, First>()[0]);
  }
}

TEST_P(BlockOfLanes, SharedMemoryIsFreshAndFilledWithNaN) {
  Array<unsigned> before(3);
  Array<int> same(3);
  run(3, 2, look, before.get(), same.get());
  EXPECT_THAT(before.values(), Each(0xffffffffU));
  EXPECT_THAT(same.values(), ::testing::ElementsAre(1, 0, 1));
}

__global__ void coordinates(unsigned* out) {
  const unsigned thread = threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z);
  const unsigned block = blockIdx.x + gridDim.x * (blockIdx.y + gridDim.y * blockIdx.z);
  const unsigned i = block * blockDim.x * blockDim.y * blockDim.z + thread;
  out[i] = i + 1;
}

TEST_P(BlockOfLanes, EveryThreadOfEveryBlockRunsOnce) {
  std::vector<unsigned> want(3 * 2 * 2 * 24);
  std::iota(want.begin(), want.end(), 1U);
  Array<unsigned> out(want.size());
  run(dim3(3, 2, 2), dim3(4, 3, 2), coordinates, out.get());
  EXPECT_EQ(out.values(), want);
}

__global__ void count(int* sum, unsigned* least, unsigned long long* most, unsigned* taken) {
  const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  atomicAdd(sum, -1);
  atomicMin(least, 1000 - i);
  atomicMax(most, i * 10ULL);
  taken[atomicAdd(least + 1, 1U)] = 1;
}

TEST_P(BlockOfLanes, AtomicsReturnWhatStoodThere) {
  Array<int> sum{5};
  Array<unsigned> least{4000, 0};
  Array<unsigned long long> most{3};
  Array<unsigned> taken(64);
  run(2, 32, count, sum.get(), least.get(), most.get(), taken.get());
  EXPECT_EQ(sum.values()[0], 5 - 64);
  EXPECT_THAT(least.values(), ::testing::ElementsAre(1000 - 63, 64));
  EXPECT_EQ(most.values()[0], 630u);
  EXPECT_THAT(taken.values(), Each(1u));
}

TEST_P(BlockOfLanes, LargeBlocksRun) {
  Array<unsigned> out(1024);
  run(1, 1024, coordinates, out.get());
  EXPECT_EQ(out.values()[1023], 1024u);
}

}  // namespace
}  // namespace lacuna::emulation
