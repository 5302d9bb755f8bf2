// Device memory, and copies to and from it.
#include <unistd.h>

#include <cstring>

#include "kernels/emulation/machine.hpp"
#include "kernels/emulation/sanitizers.hpp"

namespace lacuna::emulation {

namespace {

std::size_t total_memory() {
  return static_cast<std::size_t>(sysconf(_SC_PHYS_PAGES)) *
         static_cast<std::size_t>(sysconf(_SC_PAGE_SIZE));
}

cudaError_t allocate(Machine& there, Allocations& kind, void** memory, std::size_t bytes) {
  if (memory == nullptr) return cudaErrorInvalidValue;
  if (there.forbidden_by_capture()) return cudaErrorStreamCaptureUnsupported;
  there.note({.deed = Deed::allocate, .name = "allocate", .bytes = bytes});
  *memory = nullptr;
  if (bytes == 0) return cudaSuccess;
  if (bytes > total_memory() - kind.bytes()) return cudaErrorMemoryAllocation;
  try {
    *memory = kind.allocate(bytes);
  } catch (const std::bad_alloc&) {
    return cudaErrorMemoryAllocation;
  }
  return cudaSuccess;
}

/// Waits for everything, then frees, even after a failure.
cudaError_t free(Machine& there, Allocations& kind, void* memory) {
  if (memory == nullptr) return cudaSuccess;
  if (there.forbidden_by_capture()) return cudaErrorStreamCaptureUnsupported;
  if (!kind.hold(memory, 1)) return cudaErrorInvalidValue;
  there.note({.deed = Deed::free, .name = "free"});
  const cudaError_t status = there.run_all();
  return kind.release(memory) ? status : cudaErrorInvalidValue;
}

bool agrees(cudaMemcpyKind kind, bool to_device, bool from_device) {
  switch (kind) {
    case cudaMemcpyHostToHost:
      return !to_device && !from_device;
    case cudaMemcpyHostToDevice:
      return to_device && !from_device;
    case cudaMemcpyDeviceToHost:
      return !to_device && from_device;
    case cudaMemcpyDeviceToDevice:
      return to_device && from_device;
    case cudaMemcpyDefault:
      return true;
  }
  return false;
}

const char* route(bool to_device, bool from_device) {
  if (to_device) return from_device ? "device to device" : "host to device";
  return from_device ? "device to host" : "host to host";
}

cudaError_t copy(Machine& there, Stream& stream, void* to, const void* from, std::size_t bytes,
                 cudaMemcpyKind kind) {
  if (bytes == 0) return cudaSuccess;
  const bool to_device = there.device.hold(to, bytes);
  const bool from_device = there.device.hold(from, bytes);
  if (to == nullptr || from == nullptr || !agrees(kind, to_device, from_device)) {
    return cudaErrorInvalidValue;
  }
  const bool reads_pageable = !from_device && !there.pinned.hold(from, bytes);
  const bool writes_pageable = !to_device && !there.pinned.hold(to, bytes);
  if ((reads_pageable || writes_pageable) && stream.capture) {
    stream.capture->valid = false;
    return cudaErrorStreamCaptureUnsupported;
  }
  const cudaError_t status =
      there.submit(stream, [=, &there, name = route(to_device, from_device)] {
        there.note({.deed = Deed::copy, .name = name, .bytes = bytes});
        std::memcpy(to, from, bytes);
      });
  if (status != cudaSuccess || !writes_pageable) return status;
  there.note({.deed = Deed::wait, .name = "copy to ordinary memory"});
  return there.run(stream);
}

}  // namespace

}  // namespace lacuna::emulation

inline namespace emulated_cuda {

using namespace lacuna::emulation;

cudaError_t cudaMalloc(void** memory, std::size_t bytes) {
  return command([&](Machine& there) {
    const cudaError_t status = allocate(there, there.device, memory, bytes);
    if (status == cudaSuccess) poison(*memory, bytes);
    return status;
  });
}

cudaError_t cudaFree(void* memory) {
  return call([&](Machine& there) { return lacuna::emulation::free(there, there.device, memory); });
}

cudaError_t cudaMallocHost(void** memory, std::size_t bytes) {
  return command([&](Machine& there) { return allocate(there, there.pinned, memory, bytes); });
}

cudaError_t cudaFreeHost(void* memory) {
  return call([&](Machine& there) { return lacuna::emulation::free(there, there.pinned, memory); });
}

cudaError_t cudaMemGetInfo(std::size_t* free, std::size_t* total) {
  return command([&](Machine& there) {
    *total = total_memory();
    *free = *total - there.device.bytes();
    return cudaSuccess;
  });
}

cudaError_t cudaMemcpyAsync(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind,
                            cudaStream_t stream) {
  return command_on(
      stream, [&](Machine& there, Stream& on) { return copy(there, on, to, from, bytes, kind); });
}

cudaError_t cudaMemsetAsync(void* memory, int value, std::size_t bytes, cudaStream_t stream) {
  return command_on(stream, [&](Machine& there, Stream& on) {
    if (bytes == 0) return cudaSuccess;
    if (!there.device.hold(memory, bytes)) return cudaErrorInvalidValue;
    return there.submit(on, [=, &there] {
      there.note({.deed = Deed::clear, .name = "clear", .bytes = bytes});
      std::memset(memory, value, bytes);
    });
  });
}

cudaError_t cudaMemcpy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind) {
  return command_on(nullptr, [&](Machine& there, Stream& on) {
    if (there.forbidden_by_capture()) return cudaErrorStreamCaptureUnsupported;
    cudaError_t status = there.run_all();
    if (status == cudaSuccess) status = copy(there, on, to, from, bytes, kind);
    return status == cudaSuccess ? there.run(on) : status;
  });
}

}  // namespace emulated_cuda
