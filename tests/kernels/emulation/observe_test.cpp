#include "kernels/emulation/observe.hpp"

#include "tests/kernels/emulation/emulated.hpp"

namespace lacuna::emulation {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;

__global__ void nothing() {}

std::vector<Deed> deeds_of(const Log& log) {
  std::vector<Deed> deeds;
  for (const LogEntry& entry : log.entries()) deeds.push_back(entry.deed);
  return deeds;
}

TEST(EmulatedLog, HasWorkWhenItRunsAndWaitsWhenTheyAreAskedFor) {
  const Array<int> array(2);
  int host[2] = {1, 2};
  const Log log;
  ASSERT_EQ(put(nullptr, dim3(3, 2), 64, nothing), cudaSuccess);
  ASSERT_EQ(cudaMemsetAsync(array.get(), 0, 8), cudaSuccess);
  EXPECT_TRUE(log.entries().empty());
  ASSERT_EQ(cudaMemcpyAsync(host, array.get(), 8, cudaMemcpyDeviceToHost), cudaSuccess);
  ASSERT_EQ(cudaStreamSynchronize(nullptr), cudaSuccess);
  EXPECT_THAT(deeds_of(log),
              ElementsAre(Deed::wait, Deed::launch, Deed::clear, Deed::copy, Deed::wait));
  const LogEntry launch = log.named("test").at(0);
  EXPECT_EQ(launch.blocks, 6);
  EXPECT_EQ(launch.threads, 64);
  EXPECT_EQ(log.named("device to host").at(0).bytes, 8u);
}

TEST(EmulatedLog, CountsAGraphsLaunchesEachTime) {
  cudaStream_t stream = nullptr;
  cudaGraph_t graph = nullptr;
  cudaGraphExec_t executable = nullptr;
  ASSERT_EQ(cudaStreamCreate(&stream), cudaSuccess);
  const Log log;
  ASSERT_EQ(cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal), cudaSuccess);
  put(stream, 1, 1, nothing);
  ASSERT_EQ(cudaStreamEndCapture(stream, &graph), cudaSuccess);
  ASSERT_EQ(cudaGraphInstantiate(&executable, graph), cudaSuccess);
  EXPECT_EQ(log.count(Deed::launch), 0);
  for (int i = 0; i < 3; ++i) ASSERT_EQ(cudaGraphLaunch(executable, stream), cudaSuccess);
  ASSERT_EQ(cudaStreamSynchronize(stream), cudaSuccess);
  EXPECT_EQ(log.count(Deed::launch), 3);
  EXPECT_EQ(log.count(Deed::graph), 3);
  EXPECT_EQ(log.count(Deed::capture), 1);
  cudaGraphExecDestroy(executable);
  cudaGraphDestroy(graph);
  cudaStreamDestroy(stream);
}

TEST(EmulatedLog, HasAllocationsAndIsTheOnlyOne) {
  const Log log;
  { const Array<float> array(4); }
  EXPECT_THAT(log.entries(),
              ElementsAre(Field(&LogEntry::bytes, 16), Field(&LogEntry::deed, Deed::free)));
  EXPECT_THROW(Log(), std::logic_error);
}

// As CUDA 13 was seen to behave.
TEST(EmulatedLack, WithoutADriverNothingIsCountedAndErrorsStay) {
  const Lacking lacking(Part::driver);
  int count = -7;
  EXPECT_EQ(cudaGetDeviceCount(&count), cudaErrorInsufficientDriver);
  EXPECT_EQ(count, -7);
  EXPECT_EQ(cudaGetLastError(), cudaErrorInsufficientDriver);
  EXPECT_EQ(cudaGetLastError(), cudaErrorInsufficientDriver);
  int version = -7;
  EXPECT_EQ(cudaDriverGetVersion(&version), cudaSuccess);
  EXPECT_EQ(version, 0);
}

TEST(EmulatedLack, WithoutCodeKernelsAreNotFound) {
  {
    const Lacking lacking(Part::code);
    cudaFuncAttributes attributes;
    EXPECT_EQ(cudaFuncGetAttributes(&attributes, nothing), cudaErrorNoKernelImageForDevice);
    EXPECT_EQ(put(nullptr, 1, 1, nothing), cudaErrorNoKernelImageForDevice);
    cudaGetLastError();
  }
  EXPECT_EQ(put(nullptr, 1, 1, nothing), cudaSuccess);
}

}  // namespace
}  // namespace lacuna::emulation
