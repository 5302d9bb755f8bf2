#pragma once

#include <cstdint>

#include "kernels/core/device_code.hpp"

namespace lacuna {

/// What a row's count is taken over: the cells a mask (or a sparse pattern) marks as observed, or
/// the cells whose value is not zero.
enum class CountBy {
  mask,
  non_zeros,
  constant  ///< nothing: every row's scale is K itself
};

/// Sparsity Normalization of a row: x_SN = K x / max(count, 1) (Yi et al., Algorithm 1; the guard
/// for rows without entries is the authors' code's). `k` == 0 switches it off: the scale is 1.
struct SparsityNormalization {
  double k = 0.0;
  CountBy count_by = CountBy::mask;

  LACUNA_INLINE bool enabled() const { return k != 0.0; }
};

inline namespace LACUNA_NS {

/// The factor a row with `count` observed cells is multiplied by.
template <class T>
LACUNA_INLINE T sparsity_scale(const SparsityNormalization& normalization, std::int64_t count) {
  if (!normalization.enabled()) return T(1);
  if (normalization.count_by == CountBy::constant) return static_cast<T>(normalization.k);
  return static_cast<T>(normalization.k / static_cast<double>(count > 1 ? count : 1));
}

}  // namespace LACUNA_NS

}  // namespace lacuna
