#pragma once

#include <span>

#include "kernels/core/exec_context.hpp"
#include "kernels/core/philox.hpp"

namespace lacuna {

/// x[i] uniform in (low, high), ends included only by rounding to T. Element i is a function of
/// (stream, i) alone; float and double see the same numbers, up to rounding. Throws
/// UnsupportedDevice where the device has no kernel.
template <class T>
void fill_uniform(const ExecContext& ctx, const RandomStream& stream, T low, T high,
                  std::span<T> x);

/// x[i] = mean + stddev N(0, 1), by Box and Muller's transform of Philox words.
template <class T>
void fill_normal(const ExecContext& ctx, const RandomStream& stream, T mean, T stddev,
                 std::span<T> x);

namespace cpu {
template <class T>
void fill_uniform(const ExecContext& ctx, const RandomStream& stream, T low, T high,
                  std::span<T> x);
template <class T>
void fill_normal(const ExecContext& ctx, const RandomStream& stream, T mean, T stddev,
                 std::span<T> x);
}  // namespace cpu
namespace cuda {
template <class T>
void fill_uniform(const ExecContext& ctx, const RandomStream& stream, T low, T high,
                  std::span<T> x);
template <class T>
void fill_normal(const ExecContext& ctx, const RandomStream& stream, T mean, T stddev,
                 std::span<T> x);
}  // namespace cuda
namespace emulated {
template <class T>
void fill_uniform(const ExecContext& ctx, const RandomStream& stream, T low, T high,
                  std::span<T> x);
template <class T>
void fill_normal(const ExecContext& ctx, const RandomStream& stream, T mean, T stddev,
                 std::span<T> x);
}  // namespace emulated

}  // namespace lacuna
