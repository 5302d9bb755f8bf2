#include "runtime/metrics/score.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace lacuna {

namespace {

constexpr std::array all{&metric::rmse,  &metric::mae,   &metric::accuracy, &metric::error_rate,
                         &metric::auroc, &metric::auprc, &metric::nll};

}  // namespace

const Metric* find_metric(std::string_view name) {
  const auto* const found =
      std::ranges::find(all, name, [](const Metric* metric) { return metric->name; });
  return found == all.end() ? nullptr : *found;
}

bool is_better(const Metric& metric, double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return !std::isnan(a);
  return metric.better == Better::smaller ? a < b : a > b;
}

}  // namespace lacuna
