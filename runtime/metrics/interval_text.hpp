#pragma once

#include <string>

#include "runtime/metrics/statistics.hpp"

namespace lacuna::metrics {

/// "0.8312", "-" for NaN.
std::string shown(double value);

enum class Sign { minus, always };
/// "0.8312 +- 0.0021"; the mean alone of one value, "-" of none.
std::string shown(const Interval& interval, Sign sign = Sign::minus);

}  // namespace lacuna::metrics
