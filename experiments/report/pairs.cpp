#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/report/html.hpp"
#include "experiments/report/same_test.hpp"
#include "experiments/report/sections.hpp"
#include "experiments/report/svg.hpp"
#include "experiments/tasks/task_kind.hpp"
#include "runtime/metrics/interval_text.hpp"

namespace lacuna::experiments::report {

namespace {

/// With more variants each is compared with the first only.
constexpr std::size_t most_for_all_pairs = 5;

/// "" where it is not known.
std::string test_of(const RunRecord& run) {
  return run.data.is_null() ? "" : test_identity(*run.task, run.resolved, run.data);
}

/// Of each score, by shared seed.
using Differences = std::vector<std::vector<double>>;

Differences differences_of(const VariantRecord& a, const VariantRecord& b,
                           const std::vector<const ScoreForm*>& forms) {
  Differences found(forms.size());
  ScoresBySeed ours;
  ScoresBySeed others;
  for (const RunRecord& x : a.runs) {
    for (const RunRecord& y : b.runs) {
      if (x.outcome.seed != y.outcome.seed || !x.outcome.test || !y.outcome.test) continue;
      if (test_of(x).empty() || test_of(x) != test_of(y)) continue;
      ours[x.outcome.seed] = &*x.outcome.test;
      others[x.outcome.seed] = &*y.outcome.test;
    }
  }
  for (std::size_t i = 0; i < forms.size(); ++i) {
    found[i] = paired_differences(ours, others, *forms[i]);
  }
  return found;
}

/// With the signs that HTML has.
std::string typeset(const std::vector<double>& differences) {
  const std::string text =
      metrics::shown(metrics::mean_interval(differences), metrics::Sign::always);
  return text == "-" ? "\u2013" : replace_all(text, " +- ", " \u00b1 ");
}

/// Says where the better one stands if all scores agree on it.
std::string caption(const std::vector<const ScoreForm*>& forms) {
  const Better better = forms.front()->metric->better;
  const bool agree = std::ranges::all_of(
      forms, [&](const ScoreForm* form) { return form->metric->better == better; });
  std::string text = "Paired differences, seed by seed";
  if (!agree) return text;
  return text + fmt::format("; {} zero the first is better",
                            better == Better::smaller ? "below" : "above");
}

}  // namespace

std::string pairs_section(const std::vector<LaunchRecord>& launches) {
  const std::vector<const VariantRecord*> variants = variants_of(launches);
  const TaskKind& task = *launches.front().task;
  const std::vector<const ScoreForm*> forms = columns_of(task.test_scores());
  Rows rows{{""}};
  for (const ScoreForm* form : forms) rows[0].emplace_back(form->column);
  rows[0].emplace_back("shared seeds");
  for (std::size_t a = 0; a < variants.size(); ++a) {
    if (a > 0 && variants.size() > most_for_all_pairs) break;
    for (std::size_t b = a + 1; b < variants.size(); ++b) {
      const Differences found = differences_of(*variants[a], *variants[b], forms);
      if (found.front().empty()) continue;
      auto& row =
          rows.emplace_back(1, fmt::format("{} \u2212 {}", variants[a]->label, variants[b]->label));
      for (const std::vector<double>& differences : found) row.push_back(typeset(differences));
      row.push_back(std::to_string(found.front().size()));
    }
  }
  if (rows.size() < 2) return "";
  return section(
      "Differences",
      table(caption(forms), rows, Cells::numbers) +
          element("p",
                  "The mean over shared seeds and, from two seeds on, its 95 % interval. Each "
                  "interval stands alone: none is widened for the number of comparisons. " +
                      task.report_texts().not_compared));
}

}  // namespace lacuna::experiments::report
