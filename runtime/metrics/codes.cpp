#include "runtime/metrics/codes.hpp"

#include <algorithm>
#include <cmath>

#include "runtime/metrics/statistics.hpp"

namespace lacuna::metrics {

double hoyer_sparsity(std::span<const float> x) {
  double l1 = 0;
  double squares = 0;
  for (const float value : x) {
    l1 += std::abs(double{value});
    squares += double{value} * double{value};
  }
  const double root = std::sqrt(static_cast<double>(x.size()));
  return (root - l1 / std::sqrt(squares)) / (root - 1);
}

std::vector<double> zero_shares(std::span<const float> codes, std::int64_t units) {
  const auto width = static_cast<std::size_t>(units);
  std::vector<double> shares;
  for (std::size_t begin = 0; begin < codes.size(); begin += width) {
    const auto zeros = std::ranges::count(codes.subspan(begin, width), 0.0F);
    shares.push_back(static_cast<double>(zeros) / static_cast<double>(units));
  }
  return shares;
}

ZeroShares distribution_of(std::vector<double> shares) {
  std::ranges::sort(shares);
  const Interval all = mean_interval(shares);
  const auto at = [&](double share) { return quantile<double>(shares, share); };
  return {all.mean, all.std_dev, at(0.25), at(0.5), at(0.75)};
}

CodeStatistics code_statistics(std::span<const float> codes, std::int64_t units,
                               double active_above) {
  const auto width = static_cast<std::size_t>(units);
  const std::size_t rows = codes.size() / width;
  CodeStatistics all{.rate = std::vector<double>(width),
                     .mean = std::vector<double>(width),
                     .histogram = std::vector<std::int64_t>(width + 1)};
  double hoyer_rows = 0;
  for (std::size_t r = 0; r < rows; ++r) {
    const std::span<const float> row = codes.subspan(r * width, width);
    std::size_t active = 0;
    for (std::size_t u = 0; u < width; ++u) {
      const bool is_active = double{row[u]} > active_above;
      active += is_active ? 1 : 0;
      all.rate[u] += is_active ? 1 : 0;
      all.mean[u] += double{row[u]};
    }
    ++all.histogram[active];
    all.active += static_cast<double>(active);
    const double sparsity = hoyer_sparsity(row);
    if (std::isnan(sparsity)) continue;
    all.hoyer += sparsity;
    ++hoyer_rows;
  }
  const auto count = static_cast<double>(rows);
  for (std::size_t u = 0; u < width; ++u) {
    all.dead += all.rate[u] == 0 ? 1.0 / static_cast<double>(width) : 0;
    all.rate[u] /= count;
    all.mean[u] /= count;
  }
  all.active /= count * static_cast<double>(width);
  all.hoyer /= hoyer_rows;
  return all;
}

}  // namespace lacuna::metrics
