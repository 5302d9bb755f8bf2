#pragma once

/// Stands before NVTX's header. The emulation names a kernel after the range it is launched in.
inline namespace emulated_cuda {

int nvtxRangePushA(const char* name);
int nvtxRangePop();

}  // namespace emulated_cuda
