#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "runtime/data/counts/median.hpp"
#include "runtime/data/counts/preprocess.hpp"

namespace lacuna::data {
namespace {

struct Moments {
  std::vector<double> mean;        ///< by gene
  std::vector<double> dispersion;  ///< variance (n - 1) over mean; NaN of a gene never found
};

Moments moments_of(const CsrArrays& matrix) {
  const auto genes = static_cast<std::size_t>(matrix.cols);
  const auto cells = static_cast<double>(matrix.rows);
  Moments moments{std::vector<double>(genes), std::vector<double>(genes)};
  std::vector<std::int64_t> found(genes);
  for (std::size_t e = 0; e < matrix.value.size(); ++e) {
    const auto gene = static_cast<std::size_t>(matrix.col[e]);
    moments.mean[gene] += static_cast<double>(matrix.value[e]);
    ++found[gene];
  }
  for (double& mean : moments.mean) mean /= cells;
  for (std::size_t e = 0; e < matrix.value.size(); ++e) {
    const auto gene = static_cast<std::size_t>(matrix.col[e]);
    const double from_mean = static_cast<double>(matrix.value[e]) - moments.mean[gene];
    moments.dispersion[gene] += from_mean * from_mean;
  }
  for (std::size_t gene = 0; gene < genes; ++gene) {
    const double mean = moments.mean[gene];
    const double zeros = (cells - static_cast<double>(found[gene])) * mean * mean;
    moments.dispersion[gene] = (moments.dispersion[gene] + zeros) / (cells - 1) / mean;
  }
  return moments;
}

/// Which bin each mean falls into: the first decile and below, then half-deciles.
std::vector<std::size_t> bins_of(const std::vector<double>& mean) {
  std::vector<double> sorted = mean;
  std::ranges::sort(sorted);
  std::vector<double> ends;
  for (int twentieth = 2; twentieth <= 20; ++twentieth)
    ends.push_back(metrics::quantile<double>(sorted, 0.05 * twentieth));
  std::vector<std::size_t> bins;
  for (const double m : mean) {
    bins.push_back(static_cast<std::size_t>(std::ranges::lower_bound(ends, m) - ends.begin()));
  }
  return bins;
}

}  // namespace

std::vector<double> normalized_dispersion(const CsrArrays& matrix) {
  constexpr double normal = 1.4826;  // the deviation of normal numbers by their median one
  const Moments moments = moments_of(matrix);
  const std::vector<std::size_t> bins = bins_of(moments.mean);
  std::vector<double> normalized(moments.mean.size());
  for (std::size_t bin = 0; bin <= std::ranges::max(bins); ++bin) {
    std::vector<double> of_bin;
    for (std::size_t g = 0; g < bins.size(); ++g) {
      if (bins[g] == bin) of_bin.push_back(moments.dispersion[g]);
    }
    if (of_bin.empty()) continue;
    const double middle = median(of_bin);
    for (double& dispersion : of_bin) dispersion = std::abs(dispersion - middle);
    const double deviation = normal * median(of_bin);
    for (std::size_t g = 0; g < bins.size(); ++g) {
      if (bins[g] == bin) {
        normalized[g] = std::abs(moments.dispersion[g] - middle) / deviation;
      }
    }
  }
  return normalized;
}

}  // namespace lacuna::data
