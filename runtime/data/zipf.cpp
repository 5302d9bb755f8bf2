#include "runtime/data/zipf.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lacuna::data {

std::vector<double> zipf_weights(std::int64_t n, double exponent, const RandomStream& stream) {
  std::vector<double> weights;
  weights.reserve(static_cast<std::size_t>(n));
  for (const std::uint32_t rank : shuffled(n, stream)) {
    weights.push_back(std::pow(static_cast<double>(rank) + 1, -exponent));
  }
  return weights;
}

std::vector<std::int64_t> counts_by_weight(const std::vector<double>& weights, std::int64_t sum,
                                           std::int64_t cap) {
  std::vector<std::int64_t> counts(weights.size());
  const auto fill = [&](double scale) {
    std::int64_t total = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const double bounded = std::clamp(scale * weights[i], 1.0, static_cast<double>(cap));
      total += counts[i] = static_cast<std::int64_t>(bounded);
    }
    return total;
  };
  double low = 0;
  double high = static_cast<double>(cap) / *std::min_element(weights.begin(), weights.end());
  for (int step = 0; step < 100; ++step) {
    const double middle = (low + high) / 2;
    (fill(middle) <= sum ? low : high) = middle;
  }
  std::int64_t missing = sum - fill(low);
  while (missing > 0) {  // what rounding down left over
    for (std::size_t i = 0; i < counts.size() && missing > 0; ++i) {
      if (counts[i] == cap) continue;
      ++counts[i];
      --missing;
    }
  }
  return counts;
}

AliasTable::AliasTable(const std::vector<double>& weights)
    : keep_(weights.size(), 1.0), alias_(weights.size()) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  const double scale = static_cast<double>(weights.size()) / total;
  std::vector<double> left(weights.size());
  std::vector<std::int32_t> small, large;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    left[i] = weights[i] * scale;
    (left[i] < 1 ? small : large).push_back(static_cast<std::int32_t>(i));
  }
  while (!small.empty() && !large.empty()) {
    const auto below = static_cast<std::size_t>(small.back());
    const auto above = static_cast<std::size_t>(large.back());
    small.pop_back();
    keep_[below] = left[below];
    alias_[below] = large.back();
    left[above] -= 1 - left[below];
    if (left[above] < 1) {
      small.push_back(large.back());
      large.pop_back();
    }
  }
}

std::int32_t AliasTable::draw(RandomSequence& random) const {
  const std::int64_t column = random.below(static_cast<std::int64_t>(keep_.size()));
  const auto c = static_cast<std::size_t>(column);
  return random.uniform() < keep_[c] ? static_cast<std::int32_t>(column) : alias_[c];
}

}  // namespace lacuna::data
