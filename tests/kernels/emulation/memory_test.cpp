#include "tests/kernels/emulation/emulated.hpp"

namespace lacuna::emulation {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

TEST(EmulatedMemory, StartsAsNaNBits) {
  EXPECT_THAT(Array<unsigned>(100).values(), Each(0xffffffffU));
}

TEST(EmulatedMemory, IsAlignedAsCudasIs) {
  for (const std::size_t count : {1U, 3U, 100U}) {
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(Array<char>(count).get()) % 256, 0u);
  }
}

TEST(EmulatedMemory, NothingIsAnAllocation) {
  void* memory = &memory;
  EXPECT_EQ(cudaMalloc(&memory, 0), cudaSuccess);
  EXPECT_EQ(memory, nullptr);
  EXPECT_EQ(cudaFree(nullptr), cudaSuccess);
}

TEST(EmulatedMemory, IsLimitedAndCounted) {
  std::size_t free = 0;
  std::size_t total = 0;
  EXPECT_EQ(cudaMemGetInfo(&free, &total), cudaSuccess);
  void* memory = &memory;
  EXPECT_EQ(cudaMalloc(&memory, total + 1), cudaErrorMemoryAllocation);
  EXPECT_EQ(memory, nullptr);
  EXPECT_EQ(cudaGetLastError(), cudaErrorMemoryAllocation);
  const Array<char> kept(1000);
  std::size_t left = 0;
  EXPECT_EQ(cudaMemGetInfo(&left, &total), cudaSuccess);
  EXPECT_EQ(free - left, 1000u);
}

TEST(EmulatedMemory, OnlyWhatWasAllocatedIsFreed) {
  const Array<int> array(4);
  int* host = nullptr;
  EXPECT_EQ(cudaMallocHost(&host, 4), cudaSuccess);
  EXPECT_EQ(cudaFree(array.get() + 1), cudaErrorInvalidValue);
  EXPECT_EQ(cudaFree(host), cudaErrorInvalidValue);
  EXPECT_EQ(cudaFreeHost(array.get()), cudaErrorInvalidValue);
  EXPECT_EQ(cudaFreeHost(host), cudaSuccess);
  EXPECT_EQ(cudaFreeHost(host), cudaErrorInvalidValue);
  cudaGetLastError();
}

TEST(EmulatedMemory, OrdinaryMemoryIsReadLateAndWrittenBeforeTheCallReturns) {
  const Array<int> array(2);
  std::vector<int> from{1, 2};
  std::vector<int> to(2);
  EXPECT_EQ(cudaMemcpyAsync(array.get(), from.data(), 8, cudaMemcpyHostToDevice), cudaSuccess);
  from = {3, 4};
  EXPECT_EQ(cudaMemcpyAsync(to.data(), array.get(), 8, cudaMemcpyDeviceToHost), cudaSuccess);
  EXPECT_THAT(to, ElementsAre(3, 4));
}

TEST(EmulatedMemory, PinnedMemoryIsReadAndWrittenInTheStream) {
  const Array<int> array(1);
  int* host = nullptr;
  ASSERT_EQ(cudaMallocHost(&host, 2 * sizeof *host), cudaSuccess);
  host[0] = 1;
  host[1] = 0;
  EXPECT_EQ(cudaMemcpyAsync(array.get(), host, 4, cudaMemcpyHostToDevice), cudaSuccess);
  EXPECT_EQ(cudaMemcpyAsync(host + 1, array.get(), 4, cudaMemcpyDeviceToHost), cudaSuccess);
  host[0] = 5;
  EXPECT_EQ(host[1], 0);
  EXPECT_EQ(cudaStreamSynchronize(nullptr), cudaSuccess);
  EXPECT_EQ(host[1], 5);
  EXPECT_EQ(cudaFreeHost(host), cudaSuccess);
}

TEST(EmulatedMemory, DeviceCopiesAndFillsAreQueued) {
  const Array<unsigned> from{1, 2, 3};
  const Array<unsigned> to{0, 0, 0};
  EXPECT_EQ(cudaMemcpyAsync(to.get(), from.get(), 12, cudaMemcpyDeviceToDevice), cudaSuccess);
  EXPECT_EQ(cudaMemsetAsync(to.get() + 1, 0x11, 4), cudaSuccess);
  EXPECT_THAT(to.values(), ElementsAre(1u, 0x11111111u, 3u));
  EXPECT_EQ(cudaMemcpyAsync(to.get(), from.get(), 12, cudaMemcpyDefault), cudaSuccess);
  EXPECT_THAT(to.values(), ElementsAre(1u, 2u, 3u));
}

TEST(EmulatedMemory, CopiesMustFitTheirKindAndTheirAllocation) {
  const Array<int> array(4);
  std::vector<int> host(8);
  const auto copy = [](void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind) {
    const cudaError_t status = cudaMemcpyAsync(to, from, bytes, kind);
    cudaGetLastError();
    return status;
  };
  EXPECT_EQ(copy(array.get(), host.data(), 16, cudaMemcpyHostToDevice), cudaSuccess);
  EXPECT_EQ(cudaStreamSynchronize(nullptr), cudaSuccess) << "it reads what ends before the array";
  EXPECT_EQ(copy(array.get(), host.data(), 20, cudaMemcpyHostToDevice), cudaErrorInvalidValue);
  EXPECT_EQ(copy(array.get() + 1, host.data(), 16, cudaMemcpyHostToDevice), cudaErrorInvalidValue);
  EXPECT_EQ(copy(host.data(), array.get(), 16, cudaMemcpyHostToDevice), cudaErrorInvalidValue);
  EXPECT_EQ(copy(host.data(), array.get(), 16, cudaMemcpyDeviceToDevice), cudaErrorInvalidValue);
  EXPECT_EQ(copy(nullptr, array.get(), 16, cudaMemcpyDeviceToHost), cudaErrorInvalidValue);
  EXPECT_EQ(copy(nullptr, nullptr, 0, cudaMemcpyDeviceToHost), cudaSuccess);
  EXPECT_EQ(cudaMemsetAsync(host.data(), 0, 4), cudaErrorInvalidValue);
  EXPECT_EQ(cudaMemsetAsync(array.get(), 0, 17), cudaErrorInvalidValue);
  cudaGetLastError();
}

}  // namespace
}  // namespace lacuna::emulation
