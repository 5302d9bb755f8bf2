#pragma once

#include <span>

#include "kernels/core/op.hpp"
#include "kernels/core/philox.hpp"

namespace lacuna {

/// x[i] uniform in (low, high), ends included only by rounding to T. Element i is a function of
/// (stream, i) alone; float and double see the same numbers, up to rounding.
template <class T>
struct FillUniform {
  static constexpr std::string_view name = "fill_uniform";

  RandomStream stream;
  T low = 0;
  T high = 1;
  std::span<T> x;
};

/// x[i] = mean + stddev N(0, 1), by Box and Muller's transform of Philox words.
template <class T>
struct FillNormal {
  static constexpr std::string_view name = "fill_normal";

  RandomStream stream;
  T mean = 0;
  T stddev = 1;
  std::span<T> x;
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void fill_uniform(const ExecContext& ctx, const FillUniform<T>& op) {
  dispatch(ctx, op);
}
template <class T>
void fill_normal(const ExecContext& ctx, const FillNormal<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
