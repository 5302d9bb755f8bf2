#include "tests/faults/faulty_kernels.hpp"

#include <memory>
#include <vector>

#include "kernels/core/launch.hpp"
#include "kernels/core/shared_array.hpp"

namespace lacuna::faults {

namespace {

constexpr unsigned threads = 64;
constexpr unsigned blocks = 2;
constexpr unsigned count = blocks * threads;

/// Each block of x backwards, through shared memory.
__global__ void missing_barrier(bool broken, const float* x, float* y) {
  struct Tag;
  float* shared = shared_array<float, threads, Tag>();
  const unsigned start = blockIdx.x * threads;
  shared[threadIdx.x] = x[start + threadIdx.x];
  if (!broken) __syncthreads();
  y[start + threadIdx.x] = shared[threads - 1 - threadIdx.x];
}

/// The same, and the last thread writes behind the array.
__global__ void shared_overrun(bool broken, const float* x, float* y) {
  struct Tag;
  float* shared = shared_array<float, threads, Tag>();
  const unsigned start = blockIdx.x * threads;
  shared[threadIdx.x + (broken ? 1 : 0)] = x[start + threadIdx.x];
  __syncthreads();
  y[start + threadIdx.x] = shared[threads - 1 - threadIdx.x];
}

/// Without shared memory; the last thread of the last block writes behind y.
__global__ void global_overrun(bool broken, const float* x, float* y) {
  const unsigned start = blockIdx.x * threads;
  y[start + threadIdx.x + (broken ? 1 : 0)] = x[start + threads - 1 - threadIdx.x];
}

/// By shuffles; half of each warp takes another branch.
__global__ void divergent_shuffle(bool broken, const float* x, float* y) {
  constexpr unsigned all = 0xffffffffU;
  const unsigned start = blockIdx.x * threads;
  const unsigned i = threads - 1 - threadIdx.x;
  float value = x[start + (i & 32U) + (threadIdx.x & 31U)];
  if (broken && threadIdx.x % 32 < 16) {
    value = __shfl_xor_sync(all, value, 31);
  } else {
    value = __shfl_xor_sync(all, value, 31);
  }
  y[start + threadIdx.x] = value;
}

/// The second warp never comes to the barrier.
__global__ void divergent_barrier(bool broken, const float* x, float* y) {
  struct Tag;
  float* shared = shared_array<float, threads, Tag>();
  const unsigned start = blockIdx.x * threads;
  shared[threadIdx.x] = x[start + threadIdx.x];
  if (!broken || threadIdx.x < 32) __syncthreads();
  y[start + threadIdx.x] = shared[threads - 1 - threadIdx.x];
}

/// The last thread forgets to write what the first reads.
__global__ void uninitialised_shared(bool broken, const float* x, float* y) {
  struct Tag;
  float* shared = shared_array<float, threads, Tag>();
  const unsigned start = blockIdx.x * threads;
  if (!broken || threadIdx.x + 1 < threads) shared[threadIdx.x] = x[start + threadIdx.x];
  __syncthreads();
  y[start + threadIdx.x] = shared[threads - 1 - threadIdx.x];
}

/// Both blocks write the first one's cells of y.
__global__ void unordered_blocks(bool broken, const float* x, float* y) {
  const unsigned start = blockIdx.x * threads;
  const unsigned target = broken ? 0 : start;
  y[target + (threadIdx.x + start) % threads] = x[start + threads - 1 - threadIdx.x];
}

/// Device memory of floats.
class Floats {
 public:
  Floats(DeviceRuntime& runtime, const std::vector<float>& values)
      : runtime_(runtime), bytes_(values.size() * sizeof(float)) {
    data_ = static_cast<float*>(runtime.allocate(bytes_));
    runtime.copy_to_device(data_, values.data(), bytes_);
  }
  ~Floats() { runtime_.free(data_); }
  Floats(const Floats&) = delete;
  Floats& operator=(const Floats&) = delete;

  float* get() const { return data_; }
  std::vector<float> values() const {
    std::vector<float> values(bytes_ / sizeof(float));
    runtime_.copy_to_host(values.data(), data_, bytes_);
    return values;
  }

 private:
  DeviceRuntime& runtime_;
  std::size_t bytes_;
  float* data_;
};

using Kernel = void (*)(bool broken, const float* x, float* y);

std::string parity(const char* kernel, const std::vector<float>& got) {
  for (unsigned i = 0; i < count; ++i) {
    const auto want = static_cast<float>(i / threads * threads + threads - 1 - i % threads);
    if (got[i] == want) continue;
    return std::string("kernel ") + kernel + ": y[" + std::to_string(i) + "] is " +
           std::to_string(got[i]) + " in place of " + std::to_string(want);
  }
  return {};
}

std::string run_kernel(const char* name, Kernel kernel, bool broken) {
  const std::unique_ptr<DeviceRuntime> runtime = emulated::make_runtime();
  std::vector<float> numbers(count);
  for (unsigned i = 0; i < count; ++i) numbers[i] = static_cast<float>(i);
  const Floats x(*runtime, numbers);
  const Floats y(*runtime, std::vector<float>(count));
  const ExecContext ctx{.device = Device::emulated, .runtime = runtime.get()};
  try {
    launch(ctx, name, dim3(blocks), threads, kernel, broken, x.get(), y.get());
    return parity(name, y.values());
  } catch (const DeviceError& error) {
    cudaGetLastError();
    return error.what();
  }
}

/// The host reads device memory without a copy.
std::string host_access(bool broken) {
  const std::unique_ptr<DeviceRuntime> runtime = emulated::make_runtime();
  const Floats x(*runtime, {1.0F, 2.0F});
  const float first = broken ? x.get()[0] : x.values()[0];
  return first == 1.0F ? "" : "the host read " + std::to_string(first);
}

}  // namespace

std::map<std::string, Run> all_faults() {
  std::map<std::string, Run> faults{{"host_access", host_access}};
  const auto add = [&](const char* name, Kernel kernel) {
    faults[name] = [=](bool broken) { return run_kernel(name, kernel, broken); };
  };
  add("missing_barrier", missing_barrier);
  add("shared_overrun", shared_overrun);
  add("global_overrun", global_overrun);
  add("divergent_shuffle", divergent_shuffle);
  add("divergent_barrier", divergent_barrier);
  add("uninitialised_shared", uninitialised_shared);
  add("unordered_blocks", unordered_blocks);
  return faults;
}

}  // namespace lacuna::faults
