#pragma once

#include <cuda_runtime.h>
#include <nvtx3/nvToolsExt.h>

#include <string>

#include "kernels/core/device_code.hpp"
#include "kernels/core/device_runtime.hpp"
#include "kernels/core/exec_context.hpp"

/// How .cu files call CUDA. For both compilers: nvcc, and the host's over kernels/emulation.
namespace lacuna {
inline namespace LACUNA_NS {

inline void check(cudaError_t status, const char* what) {
  if (status == cudaSuccess) return;
  throw DeviceError(std::string(what) + ": " + cudaGetErrorString(status) + " (" +
                    cudaGetErrorName(status) + ")");
}

inline cudaStream_t stream_of(const ExecContext& ctx) {
  return static_cast<cudaStream_t>(ctx.runtime->stream());
}

/// Launches `kernel` on the context's stream; an empty grid is no work. Profilers, and the
/// emulation's error messages, show `name`.
template <class... Parameters, class... Arguments>
void launch(const ExecContext& ctx, const char* name, dim3 grid, unsigned block,
            void (*kernel)(Parameters...), Arguments&&... arguments) {
  if (grid.x == 0 || grid.y == 0 || grid.z == 0) return;
  cudaLaunchConfig_t config = {};
  config.gridDim = grid;
  config.blockDim = dim3(block);
  config.stream = stream_of(ctx);
  nvtxRangePushA(name);
  const cudaError_t status =
      cudaLaunchKernelEx(&config, kernel, static_cast<Parameters>(arguments)...);
  nvtxRangePop();
  check(status, name);
}

/// Blocks of `each` that cover `count`.
inline unsigned blocks_for(std::int64_t count, std::int64_t each) {
  return static_cast<unsigned>((count + each - 1) / each);
}

}  // namespace LACUNA_NS
}  // namespace lacuna
