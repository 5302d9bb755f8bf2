#include <fmt/format.h>

#include <cmath>

#include "experiments/report/html.hpp"
#include "experiments/report/sections.hpp"
#include "runtime/metrics/statistics.hpp"

namespace lacuna::experiments::report {

namespace {

/// With more variants each is compared with the first only.
constexpr std::size_t most_for_all_pairs = 5;

/// What must agree before two test errors may be subtracted; "" where it is not known.
std::string test_of(const RunRecord& run) {
  if (run.data.is_null()) return "";
  std::string key = text_at(run.data, "checksum") + " " + text_at(run.data, "test_ratings");
  for (const char* path : {"data.split_seed", "data.test_share", "data.validation_share",
                           "data.duplicates", "evaluate.clip", "evaluate.cold"}) {
    key += " " + text_at(run.resolved, path);
  }
  return key;
}

struct Differences {
  std::vector<double> all;
  std::vector<double> warm;
};

Differences differences_of(const VariantRecord& a, const VariantRecord& b) {
  Differences found;
  for (const RunRecord& x : a.runs) {
    for (const RunRecord& y : b.runs) {
      if (x.outcome.seed != y.outcome.seed || !x.outcome.test || !y.outcome.test) continue;
      if (test_of(x).empty() || test_of(x) != test_of(y)) continue;
      found.all.push_back(x.outcome.test->rmse - y.outcome.test->rmse);
      found.warm.push_back(x.outcome.test->warm_rmse - y.outcome.test->warm_rmse);
    }
  }
  return found;
}

std::string shown(const std::vector<double>& differences) {
  const metrics::Interval interval = metrics::mean_interval(differences);
  if (std::isnan(interval.mean)) return "\u2013";
  std::string text = fmt::format("{:+.4f}", interval.mean);
  if (interval.n > 1) text += fmt::format(" \u00b1 {:.4f}", interval.half_width);
  return text;
}

}  // namespace

std::string pairs_section(const std::vector<LaunchRecord>& launches) {
  const std::vector<const VariantRecord*> variants = variants_of(launches);
  Rows rows{{"", "test RMSE, all pairs", "warm pairs", "shared seeds"}};
  for (std::size_t a = 0; a < variants.size(); ++a) {
    if (a > 0 && variants.size() > most_for_all_pairs) break;
    for (std::size_t b = a + 1; b < variants.size(); ++b) {
      const Differences found = differences_of(*variants[a], *variants[b]);
      if (found.all.empty()) continue;
      rows.push_back({fmt::format("{} \u2212 {}", variants[a]->label, variants[b]->label),
                      shown(found.all), shown(found.warm), std::to_string(found.all.size())});
    }
  }
  if (rows.size() < 2) return "";
  return section(
      "Differences",
      table("Paired differences, seed by seed; below zero the first is better", rows,
            Cells::numbers) +
          element("p",
                  "The mean over shared seeds and, from two seeds on, its 95 % interval. Each "
                  "interval stands alone: none is widened for the number of comparisons. Variants "
                  "with other test ratings, split, clipping or cold policy are not compared."));
}

}  // namespace lacuna::experiments::report
