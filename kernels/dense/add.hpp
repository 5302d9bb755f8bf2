#pragma once

#include <span>

#include "kernels/core/exec_context.hpp"

namespace lacuna {

/// y[i] += x[i]: gradients of several consumers, added in the order of the calls.
template <class T>
struct Add {
  std::span<const T> x;  ///< [n]
  T* y = nullptr;        ///< [n]
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void add(const ExecContext& ctx, const Add<T>& op);

namespace cpu {
template <class T>
void add(const ExecContext& ctx, const Add<T>& op);
}  // namespace cpu
namespace cuda {
template <class T>
void add(const ExecContext& ctx, const Add<T>& op);
}  // namespace cuda
namespace emulated {
template <class T>
void add(const ExecContext& ctx, const Add<T>& op);
}  // namespace emulated

}  // namespace lacuna
