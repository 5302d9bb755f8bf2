#include "runtime/train/row_counts.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "runtime/data/random_sequence.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna {

double mean_non_zeros(const std::vector<std::int64_t>& rows) {
  double sum = 0;
  double all = 0;
  for (std::size_t count = 0; count < rows.size(); ++count) {
    sum += static_cast<double>(count) * static_cast<double>(rows[count]);
    all += static_cast<double>(rows[count]);
  }
  return sum / all;
}

std::vector<float> log_count_shares(const std::vector<std::int64_t>& rows) {
  const auto all = static_cast<double>(std::accumulate(rows.begin(), rows.end(), std::ssize(rows)));
  std::vector<float> shares;
  for (const std::int64_t some : rows) {
    shares.push_back(static_cast<float>(std::log(static_cast<double>(some + 1) / all)));
  }
  return shares;
}

std::vector<float> drawn_count_scales(const Tensor& log_share, double k, std::int64_t rows,
                                      std::uint64_t seed) {
  const std::vector<double> shares = log_share.to_host<double>();
  data::RandomSequence random({seed, purpose::row_counts, 0});
  std::vector<float> scales;
  for (std::int64_t r = 0; r < rows; ++r) {
    double left = random.uniform();
    std::size_t count = 0;
    while (count + 1 < shares.size() && (left -= std::exp(shares[count])) >= 0) ++count;
    scales.push_back(static_cast<float>(k / std::max(static_cast<double>(count), 1.0)));
  }
  return scales;
}

}  // namespace lacuna
