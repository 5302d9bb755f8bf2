#pragma once

/// Stands before the CUDA toolkit's header of this name where kernels are compiled for the
/// emulation. There is no __shared__ here (shared_array.hpp hands out shared memory), and no
/// __noinline__, a word that gcc's own headers use.
#define CUDART_VERSION 13000
#define __global__
#define __device__
#define __host__
#define __forceinline__ inline __attribute__((always_inline))
#define __launch_bounds__(...)

#include <cmath>

#include "kernels/emulation/device_functions.hpp"
#include "kernels/emulation/error.hpp"
#include "kernels/emulation/runtime_api.hpp"
#include "kernels/emulation/vector_types.hpp"
