#pragma once

/// What marks code that runs on every device. It is compiled for the CPU, by nvcc for GPUs and, on
/// the host again, for the emulated device: functions that device code calls stand in `inline
/// namespace LACUNA_NS`, named by the build, so that the linker never merges one device's with
/// another's. Types that are handed from the dispatch to a kernel stand outside of it, and their
/// members are LACUNA_INLINE, which leaves no symbol to merge.

#ifdef __CUDACC__
#define LACUNA_HD __host__ __device__
#else
#define LACUNA_HD
#endif

#define LACUNA_INLINE [[gnu::always_inline]] LACUNA_HD inline

/// Before a loop of few turns over an array that is to stay in registers, where the compiler does
/// not unroll it by itself.
#ifdef __CUDACC__
#define LACUNA_UNROLL _Pragma("unroll")
#else
#define LACUNA_UNROLL
#endif

/// Before a loop over elements of the CPU's code that device code shares.
#ifdef _OPENMP
#define LACUNA_SIMD _Pragma("omp simd")
#else
#define LACUNA_SIMD
#endif

#ifndef LACUNA_NS
#define LACUNA_NS cpu_code
#endif
