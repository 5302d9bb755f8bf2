#include "kernels/emulation/error.hpp"

#include <array>
#include <utility>

#include "kernels/emulation/machine.hpp"

namespace lacuna::emulation {

namespace {

struct Description {
  cudaError_t error;
  const char* name;
  const char* text;
};

constexpr std::array descriptions = std::to_array<Description>({
    {cudaSuccess, "cudaSuccess", "no error"},
    {cudaErrorInvalidValue, "cudaErrorInvalidValue", "invalid argument"},
    {cudaErrorMemoryAllocation, "cudaErrorMemoryAllocation", "out of memory"},
    {cudaErrorInvalidConfiguration, "cudaErrorInvalidConfiguration",
     "invalid configuration argument"},
    {cudaErrorInsufficientDriver, "cudaErrorInsufficientDriver",
     "CUDA driver version is insufficient for CUDA runtime version"},
    {cudaErrorInvalidDeviceFunction, "cudaErrorInvalidDeviceFunction", "invalid device function"},
    {cudaErrorInvalidDevice, "cudaErrorInvalidDevice", "invalid device ordinal"},
    {cudaErrorNoKernelImageForDevice, "cudaErrorNoKernelImageForDevice",
     "no kernel image is available for execution on the device"},
    {cudaErrorInvalidResourceHandle, "cudaErrorInvalidResourceHandle", "invalid resource handle"},
    {cudaErrorIllegalState, "cudaErrorIllegalState",
     "the operation cannot be performed in the present state"},
    {cudaErrorNotReady, "cudaErrorNotReady", "device not ready"},
    {cudaErrorLaunchFailure, "cudaErrorLaunchFailure", "unspecified launch failure"},
    {cudaErrorNotSupported, "cudaErrorNotSupported", "operation not supported"},
    {cudaErrorStreamCaptureUnsupported, "cudaErrorStreamCaptureUnsupported",
     "operation not permitted when stream is capturing"},
    {cudaErrorStreamCaptureInvalidated, "cudaErrorStreamCaptureInvalidated",
     "operation failed due to a previous error during capture"},
    {cudaErrorStreamCaptureWrongThread, "cudaErrorStreamCaptureWrongThread",
     "attempt to terminate a thread-local capture sequence from another thread"},
});

const Description& describe(cudaError_t error) {
  static constexpr Description unknown{{}, "unrecognized error code", "unrecognized error code"};
  for (const Description& each : descriptions) {
    if (each.error == error) return each;
  }
  return unknown;
}

}  // namespace

}  // namespace lacuna::emulation

inline namespace emulated_cuda {

using namespace lacuna::emulation;

const char* cudaGetErrorName(cudaError_t error) {
  return describe(error).name;
}

const char* cudaGetErrorString(cudaError_t error) {
  static thread_local std::string failure;
  if (error == cudaErrorLaunchFailure) {
    const std::scoped_lock lock(machine().mutex);
    if (!machine().failure().empty()) {
      failure = machine().failure();
      return failure.c_str();
    }
  }
  return describe(error).text;
}

cudaError_t cudaGetLastError() {
  const std::scoped_lock lock(machine().mutex);
  machine().take_failure();
  if (machine().lacking.contains(Part::driver)) return last_error();
  return std::exchange(last_error(), cudaSuccess);
}

cudaError_t cudaPeekAtLastError() {
  return last_error();
}

}  // namespace emulated_cuda

namespace lacuna::emulation {

std::string take_failure() {
  const std::scoped_lock lock(machine().mutex);
  last_error() = cudaSuccess;
  return machine().take_failure();
}

}  // namespace lacuna::emulation
