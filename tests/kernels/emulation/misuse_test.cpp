#include "kernels/core/shared_array.hpp"
#include "kernels/emulation/sanitizers.hpp"
#include "tests/kernels/emulation/emulated.hpp"

namespace lacuna::emulation {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

using Misuse = OnEngine;
INSTANTIATE_TEST_SUITE_P(Emulation, Misuse, engines(), engine_name);

constexpr unsigned all = 0xffffffffU;

__global__ void shuffle_in_half_a_warp(int* out) {
  if (threadIdx.x < 40) out[threadIdx.x] = __shfl_xor_sync(all, 1, 1);
}

TEST_P(Misuse, ALaneOfTheMaskThatEndedIsNamed) {
  Array<int> out(64);
  EXPECT_THAT(failure_of(1, 64, shuffle_in_half_a_warp, out.get()),
              MatchesRegex("kernel test, block \\(0,0,0\\), lane 32: waits at __shfl_xor_sync "
                           "\\(misuse_test.cpp:[0-9]+\\) with mask 0xffffffff for ever: lane 40 "
                           "has ended"));
}

__global__ void shuffle_at_two_places(int* out) {
  if (blockIdx.y == 0) return;
  if (threadIdx.x % 2 == 0) {
    out[threadIdx.x] = __shfl_xor_sync(all, 1, 1);
  } else {
    out[threadIdx.x] = __shfl_xor_sync(all, 1, 1);
  }
}

TEST_P(Misuse, LanesAtDifferentPlacesAreNamed) {
  Array<int> out(32);
  EXPECT_THAT(failure_of(dim3(1, 2), 32, shuffle_at_two_places, out.get()),
              AllOf(HasSubstr("block (0,1,0), lane 0: waits at __shfl_xor_sync"),
                    HasSubstr("for ever: lane 1 waits at __shfl_xor_sync")));
}

__global__ void different_calls(int* out) {
  if (threadIdx.x == 5)
    __syncwarp();
  else
    out[threadIdx.x] = __any_sync(all, 1);
}

TEST_P(Misuse, DifferentCallsAreNamed) {
  Array<int> out(32);
  EXPECT_THAT(
      failure_of(1, 32, different_calls, out.get()),
      AllOf(HasSubstr("lane 0: waits at __any_sync"), HasSubstr("lane 5 waits at __syncwarp")));
}

__global__ void different_masks(unsigned* out) {
  out[threadIdx.x] = __ballot_sync(threadIdx.x < 8 ? 0xffU : all, 1);
}

TEST_P(Misuse, DifferentMasksAreNamed) {
  Array<unsigned> out(32);
  EXPECT_THAT(failure_of(1, 32, different_masks, out.get()),
              AllOf(HasSubstr("lane 8: waits at __ballot_sync"), HasSubstr("mask 0xffffffff"),
                    HasSubstr("lane 0 has ended")));
}

__global__ void not_in_its_mask() {
  __syncwarp(0xfffffff7U);
}

TEST_P(Misuse, ALaneOutsideItsOwnMaskIsNamed) {
  EXPECT_THAT(failure_of(1, 32, not_in_its_mask),
              AllOf(HasSubstr("lane 3: calls __syncwarp"), HasSubstr("is not in the mask itself")));
}

__global__ void read_beyond_mask(int* out) {
  if (threadIdx.x < 16) out[threadIdx.x] = __shfl_sync(0xffffU, 1, 20);
}

TEST_P(Misuse, ReadingFromALaneOutsideTheMaskIsNamed) {
  Array<int> out(32);
  EXPECT_THAT(failure_of(1, 32, read_beyond_mask, out.get()),
              AllOf(HasSubstr("lane 0: calls __shfl_sync"),
                    HasSubstr("reads from lane 20, which is not in the mask")));
}

__global__ void odd_width(int* out) {
  out[threadIdx.x] = __shfl_sync(all, 1, 0, 12);
}

TEST_P(Misuse, AWidthThatIsNoPowerOfTwoIsNamed) {
  Array<int> out(32);
  EXPECT_THAT(failure_of(1, 32, odd_width, out.get()), HasSubstr("with width 12"));
}

__global__ void full_mask(int* out) {
  out[threadIdx.x] = __any_sync(all, 1);
}

TEST_P(Misuse, AMaskBeyondTheBlockIsNamed) {
  Array<int> out(40);
  EXPECT_THAT(failure_of(1, 40, full_mask, out.get()),
              AllOf(HasSubstr("lane 32: waits at __any_sync"),
                    HasSubstr("the mask names lanes beyond the block's 40")));
}

__global__ void barrier_in_a_branch() {
  if (threadIdx.x < 48) __syncthreads();
}

TEST_P(Misuse, ABarrierThatLanesSkipIsNamed) {
  EXPECT_THAT(failure_of(3, 64, barrier_in_a_branch),
              MatchesRegex("kernel test, block \\(0,0,0\\), lane 0: waits at __syncthreads "
                           "\\(misuse_test.cpp:[0-9]+\\) for ever: lane 48 has ended"));
}

__global__ void barriers_at_two_places() {
  if (threadIdx.x < 48) {
    __syncthreads();
  } else {
    __syncthreads();
  }
}

TEST_P(Misuse, BarriersAtDifferentPlacesAreNamed) {
  EXPECT_THAT(failure_of(1, 64, barriers_at_two_places),
              AllOf(HasSubstr("lane 48: waits at __syncthreads"),
                    HasSubstr("but lane 0 waits at __syncthreads"),
                    HasSubstr("all lanes of a block must come to the same __syncthreads")));
}

__global__ void barrier_against_warp() {
  if (threadIdx.x == 33)
    __syncwarp();
  else
    __syncthreads();
}

TEST_P(Misuse, ADeadlockIsExplainedByTheWarp) {
  EXPECT_THAT(failure_of(1, 64, barrier_against_warp),
              AllOf(HasSubstr("lane 33: waits at __syncwarp"),
                    HasSubstr("lane 32 waits at __syncthreads")));
}

__global__ void too_much_shared_memory(double* out) {
  double* shared = shared_array<double, 6144, struct Large>();
  shared[threadIdx.x] = 1;
  float* more = shared_array<float, 1, struct More>();
  out[threadIdx.x] = shared[threadIdx.x] + static_cast<double>(more[0]);
}

TEST_P(Misuse, TooMuchSharedMemoryIsNamed) {
  Array<double> out(32);
  EXPECT_THAT(failure_of(1, 32, too_much_shared_memory, out.get()),
              AllOf(HasSubstr("kernel test"), HasSubstr("48 KiB")));
}

struct Guard {
  int* counter;
  ~Guard() { ++*counter; }
};

__global__ void objects_on_the_stack(int* destroyed) {
  const Guard guard{destroyed + threadIdx.x};
  if (threadIdx.x == 0) __syncthreads();
}

TEST_P(Misuse, StacksOfFailedKernelsAreUnwound) {
  std::vector<int> zeros(4, 0);
  int* destroyed = nullptr;
  ASSERT_EQ(cudaMallocHost(&destroyed, 4 * sizeof(int)), cudaSuccess);
  std::fill_n(destroyed, 4, 0);
  failure_of(1, 4, objects_on_the_stack, destroyed);
  EXPECT_THAT(std::vector<int>(destroyed, destroyed + 4), ::testing::Each(1));
  cudaFreeHost(destroyed);
}

#ifdef __SANITIZE_ADDRESS__
__global__ void tell_stacks(char** stacks) {
  char here = 0;
  stacks[threadIdx.x] = &here;
  if (threadIdx.x == 0) __syncthreads();
}

TEST(FiberStacks, ThoseOfFailedKernelsLeaveNothingPoisoned) {
  select_engine(EngineKind::fibers);
  char** stacks = nullptr;
  ASSERT_EQ(cudaMallocHost(&stacks, 4 * sizeof(char*)), cudaSuccess);
  failure_of(1, 4, tell_stacks, stacks);
  for (int lane = 0; lane < 4; ++lane) {
    // What called the lane lies above its frame, and above the page may be somebody else's memory.
    constexpr std::uintptr_t page = 4096;
    const std::uintptr_t left = page - reinterpret_cast<std::uintptr_t>(stacks[lane]) % page;
    EXPECT_EQ(__asan_region_is_poisoned(stacks[lane], left), nullptr) << lane;
  }
  cudaFreeHost(stacks);
}
#endif

__global__ void mark(int* out) {
  out[0] = 1;
}

TEST_P(Misuse, AFailureDropsWhatIsQueuedAndStaysUntilFetched) {
  Array<int> out{0};
  put(nullptr, 1, 64, barrier_in_a_branch);
  put(nullptr, 1, 1, mark, out.get());
  EXPECT_EQ(cudaStreamSynchronize(nullptr), cudaErrorLaunchFailure);
  EXPECT_THAT(cudaGetErrorString(cudaErrorLaunchFailure), HasSubstr("lane 48 has ended"));
  EXPECT_EQ(put(nullptr, 1, 1, mark, out.get()), cudaErrorLaunchFailure);
  EXPECT_EQ(cudaStreamSynchronize(nullptr), cudaErrorLaunchFailure);
  EXPECT_EQ(cudaPeekAtLastError(), cudaErrorLaunchFailure);
  EXPECT_EQ(cudaGetLastError(), cudaErrorLaunchFailure);
  EXPECT_EQ(cudaGetLastError(), cudaSuccess);
  EXPECT_EQ(out.values()[0], 0);
  run(1, 1, mark, out.get());
  EXPECT_EQ(out.values()[0], 1);
  EXPECT_STREQ(cudaGetErrorString(cudaErrorLaunchFailure), "unspecified launch failure");
}

}  // namespace
}  // namespace lacuna::emulation
