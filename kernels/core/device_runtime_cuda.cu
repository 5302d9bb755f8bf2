// What the runtime needs of CUDA besides kernels: memory, one stream, graphs, what devices there
// are. Memory is allocated plainly; the pool above keeps it.
#include <memory>
#include <new>
#include <stdexcept>
#include <utility>

#include "kernels/core/pinned_memory.cuh"

namespace lacuna::LACUNA_DEVICE {

namespace {

class Graph : public DeviceGraph {
 public:
  Graph(cudaGraph_t graph, cudaStream_t stream) : stream_(stream) {
    const cudaError_t status = cudaGraphInstantiate(&executable_, graph, 0);
    cudaGraphDestroy(graph);
    check(status, "instantiating a graph");
  }
  ~Graph() override {
    cudaStreamSynchronize(stream_);  // it may still run
    cudaGraphExecDestroy(executable_);
  }
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;

  void launch() override { check(cudaGraphLaunch(executable_, stream_), "launching a graph"); }

 private:
  cudaStream_t stream_;
  cudaGraphExec_t executable_ = nullptr;
};

class Runtime : public DeviceRuntime {
 public:
  Runtime() {
    const cudaError_t status = cudaStreamCreateWithFlags(&stream_, cudaStreamNonBlocking);
    if (status != cudaSuccess) {
      throw DeviceUnavailable(std::string("the device cannot be used: ") +
                              cudaGetErrorString(status));
    }
  }
  ~Runtime() override {
    blas.reset();
    cudaStreamSynchronize(stream_);  // it may still read the ring
    cudaStreamDestroy(stream_);
  }
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  Device device() const override { return Device::LACUNA_DEVICE; }
  void* stream() const override { return stream_; }

  void* allocate(std::size_t bytes) override {
    void* memory = nullptr;
    const cudaError_t status = cudaMalloc(&memory, bytes);
    if (status != cudaErrorMemoryAllocation) {
      check(status, "allocating device memory");
      return memory;
    }
    cudaGetLastError();  // else the next call reports it again
    throw std::bad_alloc();
  }
  void free(void* memory) noexcept override { cudaFree(memory); }

  void copy_to_device(void* to, const void* from, std::size_t bytes) override {
    cudaStreamCaptureStatus status = cudaStreamCaptureStatusNone;
    check(cudaStreamIsCapturing(stream_, &status), "asking for a capture");
    if (status != cudaStreamCaptureStatusNone) {
      throw std::logic_error("work that is captured copies from the host");
    }
    if (staging_ == nullptr) staging_ = std::make_unique<StagingRing>();
    staging_->copy(to, from, bytes, stream_);
  }
  void copy_to_host(void* to, const void* from, std::size_t bytes) override {
    copy_bytes(to, from, bytes, cudaMemcpyDeviceToHost);
    synchronize();
  }
  void copy(void* to, const void* from, std::size_t bytes) override {
    copy_bytes(to, from, bytes, cudaMemcpyDeviceToDevice);
  }
  void clear(void* memory, std::size_t bytes) override {
    if (bytes > 0) check(cudaMemsetAsync(memory, 0, bytes, stream_), "clearing device memory");
  }

  std::unique_ptr<DeviceReadback> make_readback(std::size_t bytes) override {
    return std::make_unique<PinnedReadback>(bytes, stream_);
  }
  void synchronize() override { check(cudaStreamSynchronize(stream_), "waiting for the device"); }

  std::unique_ptr<DeviceGraph> capture(const std::function<void()>& work) override {
    check(cudaStreamBeginCapture(stream_, cudaStreamCaptureModeThreadLocal), "starting a capture");
    cudaGraph_t graph = nullptr;
    try {
      work();
    } catch (...) {
      cudaStreamEndCapture(stream_, &graph);
      if (graph != nullptr) cudaGraphDestroy(graph);
      cudaGetLastError();
      throw;
    }
    check(cudaStreamEndCapture(stream_, &graph), "ending a capture");
    return std::make_unique<Graph>(graph, stream_);
  }

  double seconds(const std::function<void()>& work) override {
    const DeviceEvent start;
    const DeviceEvent end;
    start.record(stream_);
    work();
    end.record(stream_);
    return start.seconds_until(end);
  }

 private:
  void copy_bytes(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind) {
    if (bytes > 0) check(cudaMemcpyAsync(to, from, bytes, kind, stream_), "copying memory");
  }

  cudaStream_t stream_ = nullptr;
  std::unique_ptr<StagingRing> staging_;  // made by the first copy
};

std::string version_text(int version) {
  if (version == 0) return {};
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

/// What is asked for to learn whether the program holds code for a device.
__global__ void do_nothing() {}

/// Adds a device to the report; the first one is that which is used.
void describe(int device, DeviceReport& report) {
  cudaDeviceProp properties;
  const cudaError_t status = cudaGetDeviceProperties(&properties, device);
  if (status != cudaSuccess) {
    cudaGetLastError();
    if (device == 0)
      report.problem = std::string("the first device: ") + cudaGetErrorString(status);
    return;
  }
  const std::string capability =
      std::to_string(properties.major) + "." + std::to_string(properties.minor);
  report.devices.push_back({properties.name, static_cast<std::int64_t>(properties.totalGlobalMem),
                            properties.multiProcessorCount, capability});
  if (device > 0) return;
  cudaFuncAttributes attributes;
  const cudaError_t code = cudaFuncGetAttributes(&attributes, do_nothing);
  if (code == cudaSuccess) return;
  cudaGetLastError();
  report.problem = report.devices[0].name + ", of compute capability " + capability +
                   ", cannot be used: " + cudaGetErrorString(code);
  if (code == cudaErrorNoKernelImageForDevice) {
    report.problem += "; build with LACUNA_CUDA_ARCHS=native on that machine";
  }
}

}  // namespace

std::unique_ptr<DeviceRuntime> make_runtime() {
  return std::make_unique<Runtime>();
}

DeviceReport report() {
  DeviceReport report;
  int version = 0;
  if (cudaRuntimeGetVersion(&version) == cudaSuccess) report.toolkit = version_text(version);
  version = 0;
  if (cudaDriverGetVersion(&version) == cudaSuccess) report.driver = version_text(version);
  int count = 0;
  const cudaError_t status = cudaGetDeviceCount(&count);
  if (status != cudaSuccess) {
    report.problem = report.driver.empty() ? "there is no NVIDIA driver"
                                           : "the driver knows CUDA " + report.driver +
                                                 " and says: " + cudaGetErrorString(status);
    return report;
  }
  for (int device = 0; device < count; ++device) describe(device, report);
  if (count == 0) report.problem = "the driver found no device";
  return report;
}

}  // namespace lacuna::LACUNA_DEVICE
