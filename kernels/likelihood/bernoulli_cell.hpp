#pragma once

#include "kernels/core/elementary.hpp"

namespace lacuna {
inline namespace LACUNA_NS {

/// log p(x) of x = 0 or 1 with logit z: x z - max(z, 0) - log(1 + e^-|z|), the first two as one
/// product, whose difference would lose what is left of a large z.
template <class T>
LACUNA_INLINE double bernoulli_log(T z, T x) {
  const T linear = z * (x - (z > T(0) ? T(1) : T(0)));
  return static_cast<double>(linear - elementary::softplus_tail(z));
}

}  // namespace LACUNA_NS
}  // namespace lacuna
