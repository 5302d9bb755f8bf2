#pragma once

#include "kernels/core/device_code.hpp"

/// The mathematics of one element, once for all devices: the kernels differ only in how they walk
/// through memory.
namespace lacuna {
inline namespace LACUNA_NS {

template <class T>
LACUNA_INLINE T null_of(T x) {
  return x;
}

}  // namespace LACUNA_NS
}  // namespace lacuna
