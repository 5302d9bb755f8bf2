#include "runtime/data/tables/table_model.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

#include "runtime/random_purpose.hpp"

namespace lacuna::data {
namespace {

/// Drawn from N(0, 1), then scaled so that the squares' sum is deviation^2.
std::vector<double> draw_weights(std::size_t count, double deviation, RandomSequence& random) {
  std::vector<double> weights(count);
  for (double& weight : weights) weight = random.normal();
  const double norm =
      std::sqrt(std::inner_product(weights.begin(), weights.end(), weights.begin(), 0.0));
  for (double& weight : weights) weight *= deviation / norm;
  return weights;
}

}  // namespace

TableModel::TableModel(const SyntheticTable& source) : noise_(source.noise) {
  draw_pairs(source);
  RandomSequence random({source.seed, purpose::table_coefficients});
  for (std::int64_t c = 0; c < std::max<std::int64_t>(source.classes, 1); ++c) {
    linear_.push_back(
        draw_weights(static_cast<std::size_t>(source.columns), source.linear, random));
    interaction_.push_back(draw_weights(pairs_.size(), source.interaction, random));
  }
}

void TableModel::draw_pairs(const SyntheticTable& source) {
  RandomSequence random({source.seed, purpose::table_pairs});
  std::set<std::pair<std::size_t, std::size_t>> drawn;
  while (drawn.size() < static_cast<std::size_t>(source.interactions)) {
    const auto i = static_cast<std::size_t>(random.below(source.columns));
    const auto j = static_cast<std::size_t>(random.below(source.columns));
    if (i < j && drawn.emplace(i, j).second) pairs_.push_back({i, j});
  }
}

double TableModel::score(std::size_t c, const std::vector<double>& x) const {
  double sum = std::inner_product(x.begin(), x.end(), linear_[c].begin(), 0.0);
  for (std::size_t k = 0; k < pairs_.size(); ++k) {
    sum += interaction_[c][k] * x[pairs_[k].i] * x[pairs_[k].j];
  }
  return sum;
}

std::vector<double> TableModel::probabilities(const std::vector<double>& x) const {
  std::vector<double> p(linear_.size());
  for (std::size_t c = 0; c < p.size(); ++c) p[c] = score(c, x) / noise_;
  const double largest = *std::ranges::max_element(p);
  for (double& value : p) value = std::exp(value - largest);
  const double sum = std::accumulate(p.begin(), p.end(), 0.0);
  for (double& value : p) value /= sum;
  return p;
}

/// With x = mean + d, f is a constant, plus a slope times each d, plus products of two d of one
/// pair; all of these are uncorrelated.
double TableModel::variance(const std::vector<double>& x, const std::vector<bool>& hidden,
                            double cell_variance) const {
  std::vector<double> slope = linear_[0];
  double sum = 0;
  for (std::size_t k = 0; k < pairs_.size(); ++k) {
    const auto [i, j] = pairs_[k];
    const double b = interaction_[0][k];
    slope[i] += b * x[j];
    slope[j] += b * x[i];
    if (hidden[i] && hidden[j]) sum += b * b * cell_variance * cell_variance;
  }
  for (std::size_t j = 0; j < slope.size(); ++j) {
    if (hidden[j]) sum += slope[j] * slope[j] * cell_variance;
  }
  return sum;
}

}  // namespace lacuna::data
