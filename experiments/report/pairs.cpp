#include <fmt/format.h>

#include <algorithm>

#include "experiments/report/html.hpp"
#include "experiments/report/sections.hpp"
#include "experiments/report/svg.hpp"
#include "experiments/run/groups.hpp"
#include "experiments/tasks/task_kind.hpp"
#include "runtime/metrics/interval_text.hpp"

namespace lacuna::experiments::report {

namespace {

/// With more variants each is compared with the first only.
constexpr std::size_t most_for_all_pairs = 5;

/// With the signs that HTML has.
std::string typeset(const metrics::Interval& difference) {
  const std::string text = metrics::shown(difference, metrics::Sign::always);
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
  const Results results = together(launches);
  const std::vector<Group> groups = groups_of(results);
  const std::vector<const ScoreForm*> forms = columns_of(results);
  Rows rows{{""}};
  for (const ScoreForm* form : forms) rows[0].emplace_back(form->column);
  rows[0].emplace_back("shared seeds");
  for (std::size_t a = 0; a < groups.size(); ++a) {
    if (a > 0 && groups.size() > most_for_all_pairs) break;
    for (std::size_t b = a + 1; b < groups.size(); ++b) {
      const Difference found = difference(results, groups[a], groups[b]);
      if (found.runs == 0) continue;
      auto& row = rows.emplace_back(1, fmt::format("{} \u2212 {}", found.first, found.other));
      for (const auto& [form, interval] : found.scores) row.push_back(typeset(interval));
      row.push_back(std::to_string(found.runs));
    }
  }
  if (rows.size() < 2) return "";
  return section(
      "Differences",
      table(caption(forms), rows, Cells::numbers) +
          element("p",
                  "The mean over shared seeds and, from two seeds on, its 95 % interval by "
                  "Student's t. Each interval stands alone: none is widened for the number of "
                  "comparisons. " +
                      results.task->report_texts().not_compared));
}

}  // namespace lacuna::experiments::report
