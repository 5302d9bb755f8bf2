#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "runtime/train/epoch_report.hpp"

namespace lacuna::experiments::report {

struct CurvePoint {
  double x = 0;
  double y = 0;
  friend bool operator==(const CurvePoint&, const CurvePoint&) = default;
};
using Curve = std::vector<CurvePoint>;

/// A chart's curve has at most so many points.
inline constexpr std::size_t most_points = 400;

/// `value` by epoch, where it is finite.
Curve curve_of(const std::vector<EpochReport>& epochs,
               const std::function<double(const EpochReport&)>& value);

/// At most `most` >= 4 of the points: the first, the last, and of each of equal parts between them
/// the least and the greatest, so that no dip and no spike gets lost.
Curve thin(const Curve& curve, std::size_t most);

/// The first of the points with the best y; the curve is not empty.
CurvePoint best_of(const Curve& curve, Better better);

}  // namespace lacuna::experiments::report
