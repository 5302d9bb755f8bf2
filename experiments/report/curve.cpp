#include "experiments/report/curve.hpp"

#include <algorithm>
#include <cmath>

namespace lacuna::experiments::report {

Curve curve_of(const std::vector<EpochReport>& epochs,
               const std::function<double(const EpochReport&)>& value) {
  Curve curve;
  for (const EpochReport& epoch : epochs) {
    const double y = value(epoch);
    if (std::isfinite(y)) curve.push_back({static_cast<double>(epoch.epoch), y});
  }
  return curve;
}

Curve thin(const Curve& curve, std::size_t most) {
  if (curve.size() <= most) return curve;
  const std::size_t parts = (most - 2) / 2;
  const std::size_t inner = curve.size() - 2;
  Curve kept{curve.front()};
  for (std::size_t part = 0; part < parts; ++part) {
    const auto begin = curve.begin() + 1 + static_cast<std::ptrdiff_t>(inner * part / parts);
    const auto end = curve.begin() + 1 + static_cast<std::ptrdiff_t>(inner * (part + 1) / parts);
    auto [first, second] = std::minmax_element(
        begin, end, [](const CurvePoint& a, const CurvePoint& b) { return a.y < b.y; });
    if (second < first) std::swap(first, second);
    kept.push_back(*first);
    if (second != first) kept.push_back(*second);
  }
  kept.push_back(curve.back());
  return kept;
}

CurvePoint best_of(const Curve& curve, Better better) {
  return better == Better::smaller
             ? *std::ranges::min_element(curve, std::ranges::less{}, &CurvePoint::y)
             : *std::ranges::min_element(curve, std::ranges::greater{}, &CurvePoint::y);
}

}  // namespace lacuna::experiments::report
