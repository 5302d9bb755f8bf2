#pragma once

#include <span>

#include "kernels/core/op.hpp"

namespace lacuna {

/// y[i] += x[i]: gradients of several consumers, added in the order of the calls.
template <class T>
struct Add {
  static constexpr std::string_view name = "add";

  std::span<const T> x;  ///< [n]
  T* y = nullptr;        ///< [n]
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void add(const ExecContext& ctx, const Add<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
