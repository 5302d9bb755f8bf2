#include "tests/kernels/emulation/emulated.hpp"

namespace lacuna::emulation {
namespace {

__global__ void nothing() {}

TEST(EmulatedLaunch, RefusesWhatCudaRefuses) {
  const auto status = [](dim3 grid, dim3 block) {
    const cudaError_t result = put(nullptr, grid, block, nothing);
    cudaGetLastError();
    return result;
  };
  EXPECT_EQ(status(1, 1), cudaSuccess);
  EXPECT_EQ(status(1, dim3(16, 8, 8)), cudaSuccess);
  EXPECT_EQ(status(0, 1), cudaErrorInvalidConfiguration);
  EXPECT_EQ(status(dim3(1, 0), 1), cudaErrorInvalidConfiguration);
  EXPECT_EQ(status(1, 0), cudaErrorInvalidConfiguration);
  EXPECT_EQ(status(1, 1025), cudaErrorInvalidConfiguration);
  EXPECT_EQ(status(1, dim3(32, 33)), cudaErrorInvalidConfiguration);
  EXPECT_EQ(status(1, dim3(1, 1, 65)), cudaErrorInvalidConfiguration);
  EXPECT_EQ(status(0x80000000U, 1), cudaErrorInvalidConfiguration);
  EXPECT_EQ(status(dim3(1, 65536), 1), cudaErrorInvalidConfiguration);
  EXPECT_EQ(cudaStreamSynchronize(nullptr), cudaSuccess);
}

TEST(EmulatedLaunch, RefusesWhatItDoesNotEmulate) {
  cudaLaunchConfig_t config = {};
  config.dynamicSmemBytes = 16;
  EXPECT_EQ(cudaLaunchKernelEx(&config, nothing), cudaErrorNotSupported);
  config.dynamicSmemBytes = 0;
  config.numAttrs = 1;
  EXPECT_EQ(cudaLaunchKernelEx(&config, nothing), cudaErrorNotSupported);
  EXPECT_EQ(cudaGetLastError(), cudaErrorNotSupported);
}

TEST(EmulatedLaunch, RefusesNoKernelAndUnknownStreams) {
  cudaLaunchConfig_t config = {};
  void (*kernel)() = nullptr;
  EXPECT_EQ(cudaLaunchKernelEx(&config, kernel), cudaErrorInvalidDeviceFunction);
  int something = 0;
  config.stream = reinterpret_cast<cudaStream_t>(&something);
  EXPECT_EQ(cudaLaunchKernelEx(&config, nothing), cudaErrorInvalidResourceHandle);
  cudaGetLastError();
}

__global__ void wait_alone() {
  if (threadIdx.x == 0) __syncthreads();
}

TEST(EmulatedLaunch, KernelsAreNamedAfterTheInnermostRange) {
  cudaLaunchConfig_t config = {};
  config.blockDim = dim3(2);
  nvtxRangePushA("outer");
  nvtxRangePushA("inner");
  EXPECT_EQ(cudaLaunchKernelEx(&config, wait_alone), cudaSuccess);
  EXPECT_EQ(nvtxRangePop(), 1);
  EXPECT_EQ(nvtxRangePop(), 0);
  EXPECT_LT(nvtxRangePop(), 0);
  EXPECT_EQ(cudaStreamSynchronize(nullptr), cudaErrorLaunchFailure);
  EXPECT_THAT(take_failure(), ::testing::StartsWith("kernel inner, "));
  EXPECT_EQ(cudaLaunchKernelEx(&config, wait_alone), cudaSuccess);
  EXPECT_EQ(cudaStreamSynchronize(nullptr), cudaErrorLaunchFailure);
  EXPECT_THAT(take_failure(), ::testing::StartsWith("kernel without a name, "));
}

TEST(EmulatedDevice, IsDescribed) {
  int count = 0;
  EXPECT_EQ(cudaGetDeviceCount(&count), cudaSuccess);
  EXPECT_EQ(count, 1);
  int device = -1;
  EXPECT_EQ(cudaGetDevice(&device), cudaSuccess);
  EXPECT_EQ(device, 0);
  EXPECT_EQ(cudaSetDevice(0), cudaSuccess);
  EXPECT_EQ(cudaSetDevice(1), cudaErrorInvalidDevice);
  cudaDeviceProp properties;
  EXPECT_EQ(cudaGetDeviceProperties(&properties, 0), cudaSuccess);
  EXPECT_STREQ(properties.name, "emulated on the host");
  EXPECT_EQ(properties.warpSize, 32);
  EXPECT_EQ(properties.maxThreadsPerBlock, 1024);
  EXPECT_EQ(cudaGetDeviceProperties(&properties, 1), cudaErrorInvalidDevice);
  int value = 0;
  EXPECT_EQ(cudaDeviceGetAttribute(&value, cudaDevAttrMultiProcessorCount, 0), cudaSuccess);
  EXPECT_EQ(value, properties.multiProcessorCount);
  EXPECT_EQ(cudaDeviceGetAttribute(&value, cudaDevAttrL2CacheSize, 0), cudaSuccess);
  EXPECT_EQ(value, properties.l2CacheSize);
  EXPECT_EQ(cudaDriverGetVersion(&value), cudaSuccess);
  EXPECT_EQ(value, CUDART_VERSION);
  cudaGetLastError();
}

TEST(EmulatedDevice, ErrorsHaveTheToolkitsNumbersAndNames) {
  EXPECT_EQ(static_cast<int>(cudaErrorInvalidConfiguration), 9);
  EXPECT_EQ(static_cast<int>(cudaErrorLaunchFailure), 719);
  EXPECT_EQ(static_cast<int>(cudaErrorStreamCaptureUnsupported), 900);
  EXPECT_STREQ(cudaGetErrorName(cudaErrorStreamCaptureUnsupported),
               "cudaErrorStreamCaptureUnsupported");
  EXPECT_STREQ(cudaGetErrorString(cudaErrorMemoryAllocation), "out of memory");
  EXPECT_STREQ(cudaGetErrorName(static_cast<cudaError_t>(5)), "unrecognized error code");
}

}  // namespace
}  // namespace lacuna::emulation
