#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/report/sections.hpp"

namespace lacuna::experiments::report {

namespace {

/// As the first run with epochs has them.
std::vector<std::string> terms_of(const VariantRecord& variant) {
  std::vector<std::string> names;
  for (const RunRecord& run : variant.runs) {
    if (run.epochs.empty()) continue;
    for (const NamedLoss& term : run.epochs.front().losses) names.push_back(term.name);
    break;
  }
  return names;
}

double value_of(const EpochReport& epoch, const std::string& name) {
  const auto found = std::ranges::find(epoch.losses, name, &NamedLoss::name);
  return found == epoch.losses.end() ? std::nan("") : found->value;
}

}  // namespace

std::string loss_chart(const VariantRecord& variant, ChartDrawer& drawer) {
  const std::vector<std::string> names = terms_of(variant);
  if (names.size() < 2) return "";
  Chart chart;
  chart.title = fmt::format("{}: terms of the loss", variant.label);
  chart.x_label = "epoch";
  chart.y_label = "term of the loss";
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Pen pen = series_pen(i);
    for (const RunRecord& run : variant.runs) {
      const auto value = [&](const EpochReport& epoch) { return value_of(epoch, names[i]); };
      chart.lines.push_back({thin(curve_of(run.epochs, value), most_points), pen});
    }
    chart.legend.emplace_back(pen, names[i]);
  }
  return drawer.draw(chart);
}

}  // namespace lacuna::experiments::report
