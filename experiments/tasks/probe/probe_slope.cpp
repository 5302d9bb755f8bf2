#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "experiments/tasks/probe/probe.hpp"
#include "runtime/metrics/interval_text.hpp"
#include "runtime/metrics/table.hpp"

namespace lacuna::experiments {

namespace {

using config::Json;

/// The epochs of a variant's probes, in order.
std::vector<const Probe*> of_variant(const std::vector<Probe>& probes, const std::string& variant) {
  std::vector<const Probe*> own;
  for (const Probe& probe : probes) {
    if (probe.variant == variant) own.push_back(&probe);
  }
  return own;
}

/// A column for epochs 0 and 1 where a variant has them before its best, and one for that.
std::string text(const std::vector<Probe>& probes, const ProbeWords& words) {
  metrics::Table table({"", "epoch 0", "epoch 1", "best epoch"});
  for (const Probe& best : at_best(probes)) {
    std::vector<std::string> cells{best.variant, "", "", ""};
    for (const Probe* probe : of_variant(probes, best.variant)) {
      const bool last = probe->epoch == best.epoch;
      cells.at(last ? 3 : static_cast<std::size_t>(1 + probe->epoch)) =
          metrics::shown(slope(*probe), metrics::Sign::always);
    }
    table.add_row(std::move(cells));
  }
  return fmt::format(
      "slope of the prediction per ln(known {}s): mean over {} test pairs, each of another "
      "row, +- its 95 % interval by Student's t\n{}",
      words.value, probes.front().pairs.size(), table.text());
}

Json json(const std::vector<Probe>& probes) {
  Json slopes = Json::array();
  for (const Probe& probe : probes) {
    slopes.push_back(Json::object(
        {{"variant", probe.variant}, {"epoch", probe.epoch}, {"slope", to_json(slope(probe))}}));
  }
  const std::size_t pairs = probes.front().pairs.size();
  return Json::object({{"pairs", pairs},
                       {"slopes", slopes},
                       {"interval", interval_is(fmt::format("{} test pairs of one run, each of "
                                                            "another row",
                                                            pairs))}});
}

}  // namespace

std::vector<double> Probe::mean() const {
  std::vector<double> sums(known.size());
  for (const ProbePair& pair : pairs) {
    for (std::size_t level = 0; level < sums.size(); ++level) {
      sums[level] += pair.mean[level] / static_cast<double>(pairs.size());
    }
  }
  return sums;
}

double slope(const std::vector<std::int64_t>& known, const std::vector<double>& prediction) {
  if (known.size() < 3) return std::numeric_limits<double>::quiet_NaN();
  const auto n = static_cast<double>(known.size() - 1);
  double x_mean = 0, y_mean = 0;
  for (std::size_t i = 1; i < known.size(); ++i) {
    x_mean += std::log(static_cast<double>(known[i])) / n;
    y_mean += prediction[i] / n;
  }
  double xy = 0, xx = 0;
  for (std::size_t i = 1; i < known.size(); ++i) {
    const double x = std::log(static_cast<double>(known[i])) - x_mean;
    xy += x * (prediction[i] - y_mean);
    xx += x * x;
  }
  return xy / xx;
}

metrics::Interval slope(const Probe& probe) {
  std::vector<double> slopes;
  for (const ProbePair& pair : probe.pairs) slopes.push_back(slope(probe.known, pair.mean));
  return metrics::mean_interval(slopes);
}

std::vector<Probe> at_best(const std::vector<Probe>& probes) {
  std::vector<Probe> last;
  for (const Probe& probe : probes) {
    if (!last.empty() && last.back().variant == probe.variant) last.pop_back();
    last.push_back(probe);
  }
  return last;
}

Finding slopes_of(const std::vector<Probe>& probes, const ProbeWords& words) {
  return {.name = "probe", .json = json(probes), .text = text(probes, words)};
}

}  // namespace lacuna::experiments
