#include "experiments/tasks/rating_prediction/probe_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/report/html.hpp"
#include "experiments/report/record.hpp"
#include "experiments/tasks/rating_prediction/probe.hpp"

namespace lacuna::experiments::report {

namespace {

/// Between the two sorted values at the share's place.
double quantile(const std::vector<float>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(static_cast<double>(sorted[below]), static_cast<double>(sorted[above]),
                   place - static_cast<double>(below));
}

void add_curve(Chart& chart, const ProbeCurve& curve, Pen pen) {
  Band band{.spans = {}, .pen = pen};
  band.pen.shape = Pen::Shape::band;
  Line means{.curve = {}, .pen = pen};
  for (std::size_t level = 0; level < curve.known.size(); ++level) {
    const auto known = static_cast<double>(curve.known[level]);
    std::vector<float> sorted = curve.prediction[level];
    std::ranges::sort(sorted);
    band.spans.push_back({known, quantile(sorted, 0.1), quantile(sorted, 0.9)});
    means.curve.push_back({known, curve.mean(level)});
  }
  chart.bands.push_back(std::move(band));
  chart.lines.push_back(std::move(means));
  chart.legend.emplace_back(pen, curve.variant);
}

/// The test rating, where all curves are about the same one and the file tells it.
void add_actual(Chart& chart, const std::vector<ProbeCurve>& curves) {
  const double actual = curves.front().actual;
  const bool same =
      std::ranges::all_of(curves, [&](const ProbeCurve& curve) { return curve.actual == actual; });
  if (!same) return;
  const auto& known = curves.front().known;
  const Pen pen{.colour = ink_colour, .dash = 2, .width = 1.25};
  chart.lines.push_back(
      {{{static_cast<double>(known.front()), actual}, {static_cast<double>(known.back()), actual}},
       pen});
  chart.legend.emplace_back(pen, fmt::format("actual rating {}", actual));
}

Chart probe_chart(const LaunchRecord& launch, const std::vector<ProbeCurve>& curves, bool several) {
  Chart chart;
  chart.title = "Prediction of one test pair";
  if (several) chart.title += ", " + launch.folder.filename().string();
  chart.remark =
      "from random subsets of its row's ratings: mean, and the middle 80 % of the subsets shaded.";
  chart.x_label = "known ratings of the row";
  chart.y_label = "predicted rating";
  chart.logarithmic_x = true;
  for (std::size_t i = 0; i < curves.size(); ++i) add_curve(chart, curves[i], series_pen(i));
  add_actual(chart, curves);
  return chart;
}

}  // namespace

std::string probe_section(const std::vector<LaunchRecord>& launches, ChartDrawer& drawer) {
  std::string figures;
  for (const LaunchRecord& launch : launches) {
    const std::filesystem::path file = launch.folder / "probe.csv";
    if (!std::filesystem::exists(file)) continue;
    const std::vector<ProbeCurve> curves = read_probe(file);
    if (!curves.empty()) figures += drawer.draw(probe_chart(launch, curves, launches.size() > 1));
  }
  if (figures.empty()) return "";
  return section("Prediction against the number of known ratings",
                 fmt::format("<div class=\"charts\">\n{}</div>\n", figures));
}

}  // namespace lacuna::experiments::report
