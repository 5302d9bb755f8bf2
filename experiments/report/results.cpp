#include <fmt/format.h>

#include <algorithm>

#include "experiments/report/html.hpp"
#include "experiments/report/same_test.hpp"
#include "experiments/report/sections.hpp"
#include "experiments/report/svg.hpp"
#include "experiments/run/groups.hpp"
#include "experiments/tasks/task_kind.hpp"

namespace lacuna::experiments::report {

namespace {

bool same_baselines(const LaunchRecord& a, const LaunchRecord& b) {
  return std::ranges::equal(a.baselines, b.baselines, [](const auto& x, const auto& y) {
    const TestScore& first = x.scores.front();
    const TestScore& other = y.scores.front();
    return x.name == y.name && first.value == other.value && first.count == other.count;
  });
}

/// A search, which does not look at the test ratings, has no baselines.
std::vector<const LaunchRecord*> with_baselines(const std::vector<LaunchRecord>& launches) {
  std::vector<const LaunchRecord*> found;
  for (const LaunchRecord& launch : launches) {
    if (!launch.baselines.empty()) found.push_back(&launch);
  }
  return found;
}

/// What the run's files say of it.
Origin origin_of(const RunRecord& run) {
  const std::string split = text_at(run.resolved, "data.split_seed");
  return {.training_seed = run.resolved.at("seed").as_uint64(),
          .split_seed = split.empty() ? std::nullopt : std::optional(std::stoull(split)),
          .test = run.data.is_null() ? "" : test_identity(*run.task, run.resolved, run.data)};
}

/// The numbers' ASCII of terminals, set for print.
Rows typeset(Rows rows) {
  for (auto& row : rows) {
    std::for_each(row.begin() + 1, row.end(), [](std::string& cell) {
      cell = cell == "-" ? "\u2013" : replace_all(std::move(cell), " +- ", " \u00b1 ");
    });
  }
  return rows;
}

std::string or_dash(const std::string& text, bool known) {
  return known ? text : "\u2013";
}

}  // namespace

Results together(const std::vector<LaunchRecord>& launches) {
  Results results{.task = launches.front().task};
  const std::vector<const LaunchRecord*> measured = with_baselines(launches);
  const bool same = std::ranges::all_of(measured, [&](const LaunchRecord* launch) {
    return same_baselines(*launch, *measured.front());
  });
  for (const LaunchRecord* launch : measured) {
    if (same && launch != measured.front()) break;
    for (Baseline baseline : launch->baselines) {
      if (!same) baseline.name += fmt::format(" [{}]", launch->folder.filename().string());
      results.baselines.push_back(std::move(baseline));
    }
  }
  for (const VariantRecord* variant : variants_of(launches)) {
    for (const RunRecord& run : variant->runs) {
      if (!run.has_result) continue;
      results.outcomes.push_back(run.outcome);
      results.outcomes.back().variant = variant->label;
      results.origins[{variant->label, run.outcome.seed}] = origin_of(run);
    }
  }
  return results;
}

std::string results_section(const std::vector<LaunchRecord>& launches) {
  const Results results = together(launches);
  if (results.outcomes.empty()) return "";
  std::string html = table(results.task->report_texts().caption,
                           typeset(result_table(results).rows()), Cells::numbers);
  for (const std::string& note : interval_notes(results)) {
    html += element("p", replace_all(note, "+-", "\u00b1"));
  }
  return section("Results", html);
}

std::string runs_section(const std::vector<LaunchRecord>& launches) {
  const ScoreForm& scored = launches.front().task->test_scores().front();
  const std::string_view validated = metric_of(variants_of(launches)).title;
  Rows rows{{"", "seed", "state", "epochs", "best epoch", fmt::format("validation {}", validated),
             fmt::format("test {}", scored.metric->title), "folder"}};
  for (const VariantRecord* variant : variants_of(launches)) {
    for (const RunRecord& run : variant->runs) {
      const TrainResult& training = run.outcome.training;
      const bool best = training.best_epoch > 0;
      const auto& test = run.outcome.test;
      rows.push_back(
          {variant->label, std::to_string(run.outcome.seed), state_of(run),
           std::to_string(training.epochs), or_dash(std::to_string(training.best_epoch), best),
           or_dash(fmt::format("{:.4f}", training.best.value), best),
           or_dash(fmt::format("{:.4f}", test ? test->front().value : 0), test.has_value()),
           run.folder.string()});
    }
  }
  return section("Runs", table("How each run ended", rows, Cells::text));
}

}  // namespace lacuna::experiments::report
