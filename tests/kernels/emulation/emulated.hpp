#pragma once

#include <cuda_runtime.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nvtx3/nvToolsExt.h>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <vector>

#include "kernels/emulation/execution.hpp"

/// For tests of the emulated device: they are compiled as kernels are.
namespace lacuna::emulation {

/// Device memory of `count` elements.
template <class T>
class Array {
 public:
  explicit Array(std::size_t count) : count_(count) {
    EXPECT_EQ(cudaMalloc(&data_, count * sizeof(T)), cudaSuccess);
  }
  Array(std::initializer_list<T> values) : Array(std::vector<T>(values)) {}
  explicit Array(const std::vector<T>& values) : Array(values.size()) {
    EXPECT_EQ(cudaMemcpy(data_, values.data(), count_ * sizeof(T), cudaMemcpyHostToDevice),
              cudaSuccess);
  }
  ~Array() { cudaFree(data_); }
  Array(const Array&) = delete;
  Array& operator=(const Array&) = delete;

  T* get() const { return data_; }
  std::size_t bytes() const { return count_ * sizeof(T); }
  std::vector<T> values() const {
    std::vector<T> values(count_);
    EXPECT_EQ(cudaMemcpy(values.data(), data_, count_ * sizeof(T), cudaMemcpyDeviceToHost),
              cudaSuccess);
    return values;
  }

 private:
  T* data_ = nullptr;
  std::size_t count_;
};

/// Puts the kernel on `stream` under the name "test".
template <class... Parameters, class... Arguments>
cudaError_t put(cudaStream_t stream, dim3 grid, dim3 block, void (*kernel)(Parameters...),
                Arguments... arguments) {
  cudaLaunchConfig_t config = {};
  config.gridDim = grid;
  config.blockDim = block;
  config.stream = stream;
  nvtxRangePushA("test");
  const cudaError_t status = cudaLaunchKernelEx(&config, kernel, arguments...);
  nvtxRangePop();
  return status;
}

/// Runs the kernel to its end.
template <class... Parameters, class... Arguments>
void run(dim3 grid, dim3 block, void (*kernel)(Parameters...), Arguments... arguments) {
  ASSERT_EQ(put(nullptr, grid, block, kernel, arguments...), cudaSuccess);
  ASSERT_EQ(cudaStreamSynchronize(nullptr), cudaSuccess) << take_failure();
}

/// Runs the kernel; what went wrong in it.
template <class... Parameters, class... Arguments>
std::string failure_of(dim3 grid, dim3 block, void (*kernel)(Parameters...),
                       Arguments... arguments) {
  EXPECT_EQ(put(nullptr, grid, block, kernel, arguments...), cudaSuccess);
  EXPECT_EQ(cudaStreamSynchronize(nullptr), cudaErrorLaunchFailure);
  return take_failure();
}

/// Tests that run on each engine the build has.
class OnEngine : public ::testing::TestWithParam<EngineKind> {
 protected:
  void SetUp() override {
    if (GetParam() == EngineKind::fibers && make_fibers() == nullptr) {
      GTEST_SKIP() << "ThreadSanitizer knows no fibers";
    }
    select_engine(GetParam());
  }
  void TearDown() override {
    select_engine(make_fibers() == nullptr ? EngineKind::threads : EngineKind::fibers);
  }
};

inline std::string engine_name(const ::testing::TestParamInfo<EngineKind>& info) {
  return info.param == EngineKind::fibers ? "Fibers" : "Threads";
}

inline auto engines() {
  return ::testing::Values(EngineKind::fibers, EngineKind::threads);
}

}  // namespace lacuna::emulation
