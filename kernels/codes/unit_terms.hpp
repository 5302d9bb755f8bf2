#pragma once

#include <array>
#include <utility>

#include "kernels/core/device_code.hpp"

namespace lacuna {

/// Penalties of one unit's value that are summed over units.
enum class UnitTerm { l1 };
inline constexpr std::array unit_terms{UnitTerm::l1};  ///< all, for the cases

inline namespace LACUNA_NS {

/// Each has the term's value and its derivative; a NaN stays one in both.

/// |h|, whose subgradient at 0 is taken as 0.
struct L1Term {
  template <class T>
  LACUNA_INLINE static T value(T h) {
    return h < T(0) ? -h : h;
  }
  template <class T>
  LACUNA_INLINE static T derivative(T h) {
    const T zero = h == h ? T(0) : h;
    return h > T(0) ? T(1) : (h < T(0) ? T(-1) : zero);
  }
};

/// Calls `f` with the functor of `term`: the choice is made once a call, not once an element.
template <class F>
auto with_unit_term(UnitTerm term, F&& f) {
  switch (term) {
    case UnitTerm::l1:
      break;
  }
  return std::forward<F>(f)(L1Term{});
}

}  // namespace LACUNA_NS

}  // namespace lacuna
