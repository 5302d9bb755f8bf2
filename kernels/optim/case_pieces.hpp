#pragma once

#include <algorithm>
#include <cstdint>

#include "kernels/op_case.hpp"

/// How the cases of optimisers make long lists of parameters from few arrays: each is cut into as
/// many pieces as the shape has units.
namespace lacuna {

inline std::int64_t pieces_of(const CaseShape& s) {
  return std::max<std::int64_t>(s.units, 1);
}

/// Where a piece of an array of `size` begins; where it has more pieces than elements, some are
/// empty.
inline std::int64_t piece_begin(const CaseShape& s, std::int64_t size, std::int64_t piece) {
  return size * piece / pieces_of(s);
}

}  // namespace lacuna
