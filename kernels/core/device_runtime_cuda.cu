// What the runtime needs of CUDA besides kernels: memory, one stream, graphs, what devices there
// are. Memory is allocated plainly; the pool above keeps it.
#include <new>
#include <utility>

#include "kernels/core/launch.hpp"

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

class Event {
 public:
  Event() { check(cudaEventCreate(&event_), "creating an event"); }
  ~Event() { cudaEventDestroy(event_); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  void record(cudaStream_t stream) { check(cudaEventRecord(event_, stream), "recording an event"); }
  double seconds_until(const Event& end) const {
    check(cudaEventSynchronize(end.event_), "waiting for an event");
    float milliseconds = 0;
    check(cudaEventElapsedTime(&milliseconds, event_, end.event_), "reading an event");
    return 1e-3 * static_cast<double>(milliseconds);
  }

 private:
  cudaEvent_t event_ = nullptr;
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
    copy_bytes(to, from, bytes, cudaMemcpyHostToDevice);
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
    Event start;
    Event end;
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
};

std::string version_text(int version) {
  if (version == 0) return {};
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

/// The oldest compute capability this build has code for, as 10 major + minor.
#ifdef __CUDA_ARCH_LIST__
constexpr int architectures[] = {__CUDA_ARCH_LIST__};  // ascending; 900 is 9.0
constexpr int oldest_capability = architectures[0] / 10;
#else
constexpr int oldest_capability = 0;
#endif

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
  if (device == 0 && 10 * properties.major + properties.minor < oldest_capability) {
    report.problem = report.devices[0].name + " has compute capability " + capability +
                     ", for which this build has no code (see LACUNA_CUDA_ARCHS)";
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
  cudaGetLastError();
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
