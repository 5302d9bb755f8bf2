// The one device, as CUDA describes it.
#include <cstring>

#include "kernels/emulation/execution.hpp"
#include "kernels/emulation/machine.hpp"

inline namespace emulated_cuda {

using namespace lacuna::emulation;

namespace {

constexpr int multiprocessors = 4;
constexpr int cache_bytes = 4 << 20;
constexpr int cuda_version = 13000;

}  // namespace

cudaError_t cudaGetDeviceCount(int* count) {
  return command([&](Machine&) {
    *count = 1;
    return cudaSuccess;
  });
}

cudaError_t cudaGetDevice(int* device) {
  return call([&](Machine&) {
    *device = 0;
    return cudaSuccess;
  });
}

cudaError_t cudaSetDevice(int device) {
  return call([&](Machine&) { return device == 0 ? cudaSuccess : cudaErrorInvalidDevice; });
}

cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int device) {
  std::size_t free = 0;
  std::size_t total = 0;
  if (const cudaError_t status = cudaMemGetInfo(&free, &total); status != cudaSuccess) {
    return status;
  }
  return call([&](Machine&) {
    if (device != 0) return cudaErrorInvalidDevice;
    *properties = {};
    std::strncpy(properties->name, "emulated on the host", sizeof properties->name - 1);
    properties->totalGlobalMem = total;
    properties->sharedMemPerBlock = SharedMemory::limit;
    properties->warpSize = static_cast<int>(warp_lanes);
    properties->maxThreadsPerBlock = static_cast<int>(max_block_threads);
    properties->major = 8;
    properties->minor = 0;
    properties->multiProcessorCount = multiprocessors;
    properties->l2CacheSize = cache_bytes;
    return cudaSuccess;
  });
}

cudaError_t cudaDeviceGetAttribute(int* value, cudaDeviceAttr attribute, int device) {
  return call([&](Machine&) {
    if (device != 0) return cudaErrorInvalidDevice;
    switch (attribute) {
      case cudaDevAttrMultiProcessorCount:
        *value = multiprocessors;
        return cudaSuccess;
      case cudaDevAttrL2CacheSize:
        *value = cache_bytes;
        return cudaSuccess;
    }
    return cudaErrorInvalidValue;
  });
}

cudaError_t cudaDriverGetVersion(int* version) {
  return call([&](Machine& there) {
    *version = there.lacking.contains(Part::driver) ? 0 : cuda_version;
    return cudaSuccess;
  });
}

cudaError_t cudaRuntimeGetVersion(int* version) {
  return call([&](Machine&) {
    *version = cuda_version;
    return cudaSuccess;
  });
}

}  // namespace emulated_cuda

namespace lacuna::emulation {

cudaError_t find_code() {
  return command([](Machine& there) {
    return there.lacking.contains(Part::code) ? cudaErrorNoKernelImageForDevice : cudaSuccess;
  });
}

}  // namespace lacuna::emulation
