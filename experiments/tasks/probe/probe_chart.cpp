#include "experiments/tasks/probe/probe_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/report/html.hpp"
#include "experiments/report/record.hpp"
#include "experiments/report/svg.hpp"
#include "experiments/tasks/probe/probe.hpp"
#include "runtime/metrics/interval_text.hpp"
#include "runtime/metrics/statistics.hpp"

namespace lacuna::experiments::report {

namespace {

Curve curve_of(const std::vector<std::int64_t>& known, const std::vector<double>& prediction) {
  Curve curve;
  for (std::size_t level = 0; level < known.size(); ++level) {
    curve.push_back({static_cast<double>(known[level]), prediction[level]});
  }
  return curve;
}

Chart chart_of(const LaunchRecord& launch, std::string title, bool several,
               const ProbeWords& words) {
  Chart chart;
  chart.title = std::move(title);
  if (several) chart.title += ", " + launch.folder.filename().string();
  chart.x_label = fmt::format("known {}s of the row", words.value);
  chart.y_label = fmt::format("predicted {}", words.value);
  chart.logarithmic_x = true;
  return chart;
}

Chart mean_chart(const LaunchRecord& launch, const std::vector<Probe>& probes, bool several,
                 const ProbeWords& words) {
  Chart chart =
      chart_of(launch, fmt::format("Mean prediction of {} test pairs", probes.front().pairs.size()),
               several, words);
  chart.remark = "at each variant's best epoch.";
  for (std::size_t i = 0; i < probes.size(); ++i) {
    const Pen pen = series_pen(i);
    chart.lines.push_back({curve_of(probes[i].known, probes[i].mean()), pen});
    chart.legend.emplace_back(pen, probes[i].variant);
  }
  return chart;
}

void add_draws(Chart& chart, const Probe& probe, Pen pen) {
  Band band{.spans = {}, .pen = pen};
  band.pen.shape = Pen::Shape::band;
  for (std::size_t level = 0; level < probe.draws.size(); ++level) {
    std::vector<float> sorted = probe.draws[level];
    if (sorted.empty()) continue;
    std::ranges::sort(sorted);
    const auto at = [&](double share) { return metrics::quantile<float>(sorted, share); };
    band.spans.push_back({static_cast<double>(probe.known[level]), at(0.1), at(0.9)});
  }
  chart.bands.push_back(std::move(band));
  chart.lines.push_back({curve_of(probe.known, probe.pairs.front().mean), pen});
  chart.legend.emplace_back(pen, probe.variant);
}

/// One of the pairs, the same of all variants, since the data choose it.
Chart pair_chart(const LaunchRecord& launch, const std::vector<Probe>& probes, bool several,
                 const ProbeWords& words) {
  const ProbePair& pair = probes.front().pairs.front();
  Chart chart = chart_of(launch, "One of the pairs", several, words);
  chart.remark = fmt::format(
      "{} {}, {} {}, from random subsets of its row's {}s: mean, and the middle 80 % of "
      "the subsets shaded.",
      words.first, pair.first, words.second, pair.second, words.value);
  for (std::size_t i = 0; i < probes.size(); ++i) add_draws(chart, probes[i], series_pen(i));
  const auto& known = probes.front().known;
  const Pen pen{.colour = ink_colour, .dash = 2, .width = 1.25};
  chart.lines.push_back({curve_of(known, std::vector<double>(known.size(), pair.actual)), pen});
  chart.legend.emplace_back(pen, fmt::format("actual {} {}", words.value, pair.actual));
  return chart;
}

/// Each variant's mean slope at each epoch that was looked at.
std::string slopes_table(const std::vector<Probe>& probes, const ProbeWords& words) {
  Rows rows{{"", "epoch", "slope per ln(count)", "test pairs"}};
  for (const Probe& probe : probes) {
    rows.push_back(
        {probe.variant, std::to_string(probe.epoch),
         replace_all(metrics::shown(slope(probe), metrics::Sign::always), " +- ", " \u00b1 "),
         std::to_string(probe.pairs.size())});
  }
  return table(fmt::format("Slope of the prediction per ln(known {}s), mean over test pairs",
                           words.value),
               rows, Cells::numbers) +
         element("p",
                 "Of each pair by least squares, from the second number of known values on; each "
                 "pair is of another row, and the 95 % interval is over pairs, by Student's t, of "
                 "the run of the first seed.");
}

}  // namespace

std::string probe_section(const std::vector<LaunchRecord>& launches, ChartDrawer& drawer,
                          const ProbeWords& words) {
  std::string html;
  std::string figures;
  for (const LaunchRecord& launch : launches) {
    const std::vector<Probe> probes = read_probes(launch.folder, words);
    if (probes.empty()) continue;
    const std::vector<Probe> best = at_best(probes);
    html += slopes_table(probes, words);
    figures += drawer.draw(mean_chart(launch, best, launches.size() > 1, words));
    figures += drawer.draw(pair_chart(launch, best, launches.size() > 1, words));
  }
  if (html.empty()) return "";
  if (!figures.empty()) html += fmt::format("<div class=\"charts\">\n{}</div>\n", figures);
  return section(fmt::format("Prediction against the number of known {}s", words.value), html);
}

}  // namespace lacuna::experiments::report
