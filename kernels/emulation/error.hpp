#pragma once

/// CUDA's error codes, with the toolkit's values.
inline namespace emulated_cuda {

enum cudaError_t {
  cudaSuccess = 0,
  cudaErrorInvalidValue = 1,
  cudaErrorMemoryAllocation = 2,
  cudaErrorInvalidConfiguration = 9,
  cudaErrorInsufficientDriver = 35,
  cudaErrorInvalidDeviceFunction = 98,
  cudaErrorInvalidDevice = 101,
  cudaErrorNoKernelImageForDevice = 209,
  cudaErrorInvalidResourceHandle = 400,
  cudaErrorIllegalState = 401,
  cudaErrorNotReady = 600,
  cudaErrorLaunchFailure = 719,
  cudaErrorNotSupported = 801,
  cudaErrorStreamCaptureUnsupported = 900,
  cudaErrorStreamCaptureInvalidated = 901,
  cudaErrorStreamCaptureWrongThread = 908,
};

/// The code's name, "cudaErrorInvalidValue" say.
const char* cudaGetErrorName(cudaError_t error);

/// What the code means; for cudaErrorLaunchFailure what went wrong in the kernel that failed last,
/// valid until another fails.
const char* cudaGetErrorString(cudaError_t error);

/// The calling thread's last error, which this call clears, a failed kernel included; the lack of a
/// driver is not cleared.
cudaError_t cudaGetLastError();
cudaError_t cudaPeekAtLastError();

}  // namespace emulated_cuda
