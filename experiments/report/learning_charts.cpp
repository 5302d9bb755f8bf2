#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/report/html.hpp"
#include "experiments/report/sections.hpp"
#include "experiments/run/run_files.hpp"
#include "runtime/metrics/statistics.hpp"

namespace lacuna::experiments::report {

namespace {

using Variants = std::vector<const VariantRecord*>;

constexpr double thin_pen = 1.25;

double validation_score(const EpochReport& epoch) {
  return epoch.validation.empty() ? std::nan("") : epoch.validation.front().value;
}
/// By the metric that chooses, where training reports it.
double training_score(const EpochReport& epoch) {
  for (const Score& score : epoch.training) {
    const bool same = !epoch.validation.empty() && score.metric == epoch.validation.front().metric;
    if (same) return score.value;
  }
  return std::nan("");
}
double penalty_share(const EpochReport& epoch) {
  return 100 * epoch.penalty / (epoch.loss() + epoch.penalty);
}
double rate_share(const EpochReport& epoch) {
  return 100 * epoch.rate;
}

/// Where the curves end up, with room towards worse scores; those of the first epochs lie far off
/// and would press everything else to the edge.
std::optional<std::pair<double, double>> settled_range(const Chart& chart, Better better) {
  const double sign = better == Better::smaller ? 1 : -1;
  std::vector<double> values;
  for (const Line& line : chart.lines) {
    for (const CurvePoint& point : line.curve) values.push_back(sign * point.y);
  }
  if (values.empty()) return std::nullopt;
  std::ranges::sort(values);
  const double low = values.front();
  const double usual = values[(values.size() - 1) * 9 / 10];
  const double high = std::min(values.back(), low + 1.5 * (usual - low));
  const double margin = 0.04 * (high - low) + 1e-6 * std::abs(high) + 1e-12;
  const std::pair range(sign * (low - margin), sign * (high + margin));
  return std::minmax(range.first, range.second);
}

Chart epoch_chart(std::string title, std::string y_label) {
  Chart chart;
  chart.title = std::move(title);
  chart.x_label = "epoch";
  chart.y_label = std::move(y_label);
  return chart;
}

/// Adds a run's curve, and returns what was added.
Curve add_curve(Chart& chart, const RunRecord& run, double (*value)(const EpochReport&), Pen pen) {
  Curve curve = curve_of(run.epochs, value);
  chart.lines.push_back({thin(curve, most_points), pen});
  return curve;
}

void add_best(Chart& chart, const Curve& validation, Better better, Pen pen) {
  if (validation.empty()) return;
  pen.shape = Pen::Shape::dot;
  chart.dots.push_back({{best_of(validation, better)}, pen});
}

/// The best epoch of all, in words.
std::string best_of(const Chart& chart, const Metric& metric) {
  if (chart.dots.empty()) return "";
  Curve points;
  for (const Line& dots : chart.dots) points.push_back(dots.curve.front());
  const CurvePoint best = best_of(points, metric.better);
  return fmt::format("; {} validation {} {:.4f}, epoch {}",
                     metric.better == Better::smaller ? "least" : "greatest", metric.title, best.y,
                     best.x);
}

/// The mean test score by the chart's metric over the runs that have one, as a line across the
/// chart, which shows it.
void add_test_level(Chart& chart, const VariantRecord& variant, const Metric& metric,
                    double last_epoch) {
  std::vector<double> errors;
  std::int64_t looks = 0;  // of the run that looked most often
  for (const RunRecord& run : variant.runs) {
    if (!run.outcome.test) continue;
    const auto found = std::ranges::find(*run.outcome.test, &metric,
                                         [](const TestScore& score) { return score.form->metric; });
    if (found == run.outcome.test->end() || std::isnan(found->value)) continue;
    errors.push_back(found->value);
    looks = std::max(looks, run.looks_at_test);
  }
  if (errors.empty()) return;
  const double mean = metrics::mean_interval(errors).mean;
  const Pen pen{.colour = ink_colour, .dash = 2, .width = thin_pen};
  chart.lines.push_back({{{1, mean}, {last_epoch, mean}}, pen});
  const std::string seeds =
      errors.size() > 1 ? fmt::format(" (mean of {} seeds)", errors.size()) : "";
  chart.legend.emplace_back(
      pen, fmt::format("test {} {:.4f}, {}{}", metric.title, mean, times_seen(looks), seeds));
  if (chart.y_range) {
    const double margin = 0.04 * (chart.y_range->second - chart.y_range->first);
    chart.y_range->first = std::min(chart.y_range->first, mean - margin);
    chart.y_range->second = std::max(chart.y_range->second, mean + margin);
  }
}

Chart learning_chart(const VariantRecord& variant, std::size_t number) {
  const Metric& metric = metric_of({&variant});
  Chart chart = epoch_chart(variant.label, std::string(metric.title));
  Pen validation = series_pen(number % series_colours);
  Pen train = validation;
  train.dash = 3;
  train.width = thin_pen;
  if (variant.runs.size() > 1) validation.width = thin_pen;
  double last_epoch = 1;
  bool trained = false;  // there is a curve of it
  for (const RunRecord& run : variant.runs) {
    trained = !add_curve(chart, run, training_score, train).empty() || trained;
    const Curve curve = add_curve(chart, run, validation_score, validation);
    add_best(chart, curve, metric.better, validation);
    if (!run.epochs.empty()) last_epoch = std::max<double>(last_epoch, run.epochs.back().epoch);
  }
  Pen dot = validation;
  dot.shape = Pen::Shape::dot;
  chart.legend.emplace_back(validation, fmt::format("validation {}", metric.title));
  if (trained) chart.legend.emplace_back(train, fmt::format("training {}", metric.title));
  chart.legend.emplace_back(dot, "best epoch");
  chart.y_range = settled_range(chart, metric.better);
  add_test_level(chart, variant, metric, last_epoch);
  chart.remark = fmt::format(
      "{} {} by epoch, {} {}{}.", trained ? "Training and validation" : "Validation", metric.title,
      variant.runs.size(), variant.runs.size() == 1 ? "run" : "seeds", best_of(chart, metric));
  return chart;
}

/// One curve per run of all variants, which the legend tells apart.
Chart comparing_chart(const Variants& variants, Chart chart, double (*value)(const EpochReport&)) {
  for (std::size_t i = 0; i < variants.size(); ++i) {
    Pen pen = series_pen(i);
    if (variants[i]->runs.size() > 1) pen.width = thin_pen;
    for (const RunRecord& run : variants[i]->runs) {
      const Curve curve = add_curve(chart, run, value, pen);
      if (value == validation_score) add_best(chart, curve, metric_of(variants).better, pen);
    }
    chart.legend.emplace_back(pen, variants[i]->label);
  }
  return chart;
}

Chart validation_chart(const Variants& variants) {
  const Metric& metric = metric_of(variants);
  Chart chart =
      comparing_chart(variants,
                      epoch_chart(fmt::format("Validation {} of all variants", metric.title),
                                  fmt::format("validation {}", metric.title)),
                      validation_score);
  chart.y_range = settled_range(chart, metric.better);
  chart.remark = "Dots: best epochs.";
  return chart;
}

bool has_epochs(const VariantRecord& variant) {
  return std::ranges::any_of(variant.runs,
                             [](const RunRecord& run) { return !run.epochs.empty(); });
}

/// Scores of different metrics do not stand on one axis.
Variants with_the_firsts_metric(Variants variants) {
  if (variants.empty()) return variants;
  const Metric& first = metric_of({variants.front()});
  std::erase_if(variants,
                [&](const VariantRecord* variant) { return &metric_of({variant}) != &first; });
  return variants;
}

/// Whether a value changes in the course of some run.
bool changes(const Variants& variants, double (*value)(const EpochReport&)) {
  return std::ranges::any_of(variants, [&](const VariantRecord* variant) {
    return std::ranges::any_of(variant->runs, [&](const RunRecord& run) {
      const Curve curve = curve_of(run.epochs, value);
      return std::ranges::any_of(curve, [&](auto point) { return point.y != curve.front().y; });
    });
  });
}

}  // namespace

const Metric& metric_of(const Variants& variants) {
  for (const VariantRecord* variant : variants) {
    for (const RunRecord& run : variant->runs) {
      if (!run.epochs.empty() && !run.epochs.front().validation.empty()) {
        return *run.epochs.front().validation.front().metric;
      }
    }
  }
  return metric::rmse;  // there is nothing to draw
}

std::string curves_section(const std::vector<LaunchRecord>& launches, ChartDrawer& drawer) {
  Variants variants = variants_of(launches);
  std::erase_if(variants, [](const VariantRecord* variant) { return !has_epochs(*variant); });
  std::string figures;
  const Variants alike = with_the_firsts_metric(variants);
  if (alike.size() > 1) figures += drawer.draw(validation_chart(alike));
  for (std::size_t i = 0; i < variants.size(); ++i) {
    figures += drawer.draw(learning_chart(*variants[i], i));
  }
  for (const VariantRecord* variant : variants) figures += loss_chart(*variant, drawer);
  const auto add_share = [&](const char* title, const char* y_label,
                             double (*value)(const EpochReport&)) {
    if (!changes(variants, value)) return;
    figures += drawer.draw(comparing_chart(variants, epoch_chart(title, y_label), value));
  };
  add_share("L2 penalty, share of the whole loss", "%", penalty_share);
  add_share("Learning rate, share of the configured one", "%", rate_share);
  if (figures.empty()) return "";
  return section("Learning curves",
                 fmt::format("<div class=\"charts\">\n{}</div>\n{}", figures,
                             element("p",
                                     "Long curves show the least and the greatest of neighbouring "
                                     "epochs; the first epochs may lie outside a chart's frame. "
                                     "Training scores are of predictions as they come, in the "
                                     "course of the epoch.")));
}

}  // namespace lacuna::experiments::report
