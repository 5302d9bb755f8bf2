#include "runtime/metrics/interval_text.hpp"

#include <fmt/format.h>

#include <cmath>

namespace lacuna::metrics {

std::string shown(double value) {
  return std::isnan(value) ? "-" : fmt::format("{:.4f}", value);
}

std::string shown(const Interval& interval, Sign sign) {
  if (interval.n == 0 || std::isnan(interval.mean)) return "-";
  const std::string mean =
      sign == Sign::always ? fmt::format("{:+.4f}", interval.mean) : shown(interval.mean);
  return interval.n < 2 ? mean : fmt::format("{} +- {:.4f}", mean, interval.half_width);
}

}  // namespace lacuna::metrics
