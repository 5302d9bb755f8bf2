#include "runtime/data/ratings/baselines.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "runtime/data/ratings/rating_stats.hpp"
#include "runtime/metrics/statistics.hpp"

namespace lacuna::data {
namespace {

constexpr int sweeps = 10;

/// Calls visit(row, col, entry) for every entry.
template <class Visit>
void for_each_entry(const CsrArrays& csr, Visit visit) {
  for (std::size_t r = 0; r < static_cast<std::size_t>(csr.rows); ++r) {
    const auto end = static_cast<std::size_t>(csr.row_ptr[r + 1]);
    for (auto e = static_cast<std::size_t>(csr.row_ptr[r]); e < end; ++e) {
      visit(r, static_cast<std::size_t>(csr.col[e]), e);
    }
  }
}

/// sums[i] / (counts[i] + damping), the ridge solution for one side with the other held.
void solve(std::vector<double>& sums, const std::vector<std::int64_t>& counts, double damping) {
  for (std::size_t i = 0; i < sums.size(); ++i) {
    sums[i] /= static_cast<double>(counts[i]) + damping;
  }
}

BiasModel fit(const CsrArrays& train, const RatingStats& stats, double damping) {
  BiasModel model{stats.mean, damping, std::vector<double>(stats.per_row.size()),
                  std::vector<double>(stats.per_col.size())};
  const auto rest = [&](std::size_t e) { return static_cast<double>(train.value[e]) - model.mean; };
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    std::fill(model.row.begin(), model.row.end(), 0.0);
    for_each_entry(train, [&](std::size_t r, std::size_t c, std::size_t e) {
      model.row[r] += rest(e) - model.col[c];
    });
    solve(model.row, stats.per_row, damping);
    std::fill(model.col.begin(), model.col.end(), 0.0);
    for_each_entry(train, [&](std::size_t r, std::size_t c, std::size_t e) {
      model.col[c] += rest(e) - model.row[r];
    });
    solve(model.col, stats.per_col, damping);
  }
  return model;
}

}  // namespace

BiasModel fit_biases(const CsrArrays& train, double damping) {
  return fit(train, rating_stats(train), damping);
}

BiasModel fit_biases(const CsrArrays& train, const CsrArrays& validation) {
  const RatingStats stats = rating_stats(train);
  BiasModel best;
  double least = std::numeric_limits<double>::infinity();
  for (const double damping : {1.0, 3.0, 10.0, 30.0}) {
    BiasModel model = fit(train, stats, damping);
    const double error = metrics::rmse<float>(predict(model, validation), validation.value);
    if (error >= least) continue;
    least = error;
    best = std::move(model);
  }
  return best;
}

std::vector<float> predict(const BiasModel& model, const CsrArrays& cells) {
  std::vector<float> prediction(cells.value.size());
  for_each_entry(cells, [&](std::size_t r, std::size_t c, std::size_t e) {
    prediction[e] = static_cast<float>(model.mean + model.row[r] + model.col[c]);
  });
  return prediction;
}

}  // namespace lacuna::data
