#include "experiments/run/outcome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/run/groups.hpp"
#include "experiments/tasks/task_kind.hpp"
#include "runtime/metrics/interval_text.hpp"

namespace lacuna::experiments {

using config::Json;

namespace {

double validation_score(const Outcome& outcome) {
  return outcome.training.best.value;
}

Json json(const Difference& difference) {
  Json line = Json::object(
      {{"variant", difference.first}, {"minus", difference.other}, {"runs", difference.runs}});
  for (const auto& [form, interval] : difference.scores) {
    line.set(fmt::format("test_{}", form->name), to_json(interval));
  }
  if (difference.runs > 1) line.set("interval", interval_is(difference.of));
  return line;
}

using metrics::shown;

/// A baseline on each of the splits that were seen.
struct BaselineGroup {
  std::string name;
  std::vector<const TestScores*> splits;

  metrics::Interval over_splits(const ScoreForm& form) const {
    std::vector<double> values;
    for (const TestScores* scores : splits) values.push_back(value_of(*scores, form));
    return metrics::mean_interval(values);
  }
};

std::vector<BaselineGroup> groups_of(const std::vector<Baseline>& baselines) {
  std::vector<BaselineGroup> groups;
  for (const auto& [name, scores] : baselines) {
    auto found = std::ranges::find(groups, name, &BaselineGroup::name);
    if (found == groups.end()) found = groups.insert(groups.end(), {name, {}});
    found->splits.push_back(&scores);
  }
  return groups;
}

/// The counts are the first split's.
TestScores mean_scores(const BaselineGroup& group) {
  TestScores mean = *group.splits.front();
  for (TestScore& score : mean) score.value = group.over_splits(*score.form).mean;
  return mean;
}

std::string ending(const Outcome& outcome) {
  if (outcome.training.interrupted) return "interrupted";
  return outcome.failure.empty() ? "not tested, ended" : "failed";
}

std::string label(const Results& results, const std::string& variant) {
  return variant.empty() ? results.name : variant;
}

std::string best_epochs(const Group& group) {
  const auto [least, most] = std::ranges::minmax(
      group.outcomes, {}, [](const Outcome* outcome) { return outcome->training.best_epoch; });
  if (least->training.best_epoch == most->training.best_epoch) {
    return std::to_string(least->training.best_epoch);
  }
  return fmt::format("{}-{}", least->training.best_epoch, most->training.best_epoch);
}

}  // namespace

std::string summary(const Outcome& outcome) {
  const TrainResult& training = outcome.training;
  return fmt::format(
      "validation {} at epoch {}{}, {:.1f} s", shown(training.best.value), training.best_epoch,
      outcome.test ? ", test " + shown(outcome.test->front().value) : "", training.seconds);
}

Json to_json(const Results& results) {
  Json baselines = Json::object();
  for (const BaselineGroup& group : groups_of(results.baselines)) {
    baselines.set(group.name, to_json(mean_scores(group)).set("splits", group.splits.size()));
  }
  Json runs = Json::array();
  for (const Outcome& outcome : results.outcomes) runs.push_back(to_json(outcome));
  Json summary = Json::array();
  for (const Group& group : groups_of(results)) {
    const Metric& metric = *group.outcomes.front()->training.best.metric;
    Json line = Json::object({{"variant", group.variant}, {"seeds", group.outcomes.size()}});
    for (const ScoreForm* form : columns_of(results)) {
      line.set(fmt::format("test_{}", form->name), to_json(group.over_seeds(*form)));
    }
    line.set(score_key("validation", metric), to_json(group.over_seeds(validation_score)));
    if (group.outcomes.size() > 1) line.set("interval", interval_is(what_varies(results, group)));
    summary.push_back(line);
  }
  Json differences = Json::array();
  for (const Difference& found : differences_to_first(results)) differences.push_back(json(found));
  Json json = Json::object({{"name", results.name},
                            {"baselines", baselines},
                            {"runs", runs},
                            {"summary", summary},
                            {"differences", differences}});
  for (const Finding& finding : results.findings) json.set(finding.name, finding.json);
  return json;
}

metrics::Table result_table(const Results& results) {
  const std::vector<const ScoreForm*> forms = columns_of(results);
  std::vector<std::string> header{""};
  for (const ScoreForm* form : forms) header.emplace_back(form->column);
  header.insert(header.end(), {"validation", "best epoch", "s"});
  metrics::Table table(header);
  const auto add = [&](std::string name, auto score, std::vector<std::string> rest) {
    std::vector<std::string> cells{std::move(name)};
    for (const ScoreForm* form : forms) cells.push_back(score(*form));
    cells.insert(cells.end(), rest.begin(), rest.end());
    table.add_row(std::move(cells));
  };
  for (const BaselineGroup& group : groups_of(results.baselines)) {
    add(group.name, [&](const ScoreForm& form) { return shown(group.over_splits(form)); },
        {"", "", ""});
  }
  for (const Group& group : groups_of(results)) {
    const auto seconds =
        group.over_seeds([](const Outcome& outcome) { return outcome.training.seconds; });
    add(label(results, group.variant),
        [&](const ScoreForm& form) { return shown(group.over_seeds(form)); },
        {shown(group.over_seeds(validation_score)), best_epochs(group),
         fmt::format("{:.1f}", seconds.mean)});
  }
  for (const Outcome& outcome : results.outcomes) {
    if (outcome.test) continue;
    add(fmt::format("{}, seed {}, {} at epoch {}", label(results, outcome.variant), outcome.seed,
                    ending(outcome), outcome.training.epochs),
        [](const ScoreForm&) { return std::string("-"); },
        {shown(outcome.training.best.value), std::to_string(outcome.training.best_epoch),
         fmt::format("{:.1f}", outcome.training.seconds)});
  }
  return table;
}

std::optional<metrics::Table> difference_table(const Results& results) {
  std::vector<std::string> header{"paired differences"};
  for (const ScoreForm* form : columns_of(results)) {
    header.emplace_back(form->column);
  }
  header.emplace_back("runs");
  metrics::Table table(std::move(header));
  for (const Difference& found : differences_to_first(results)) {
    if (found.runs < 2) continue;  // one has no interval, and is plain from the table
    std::vector<std::string> cells{fmt::format("{} - {}", found.first, found.other)};
    for (const auto& [form, interval] : found.scores) {
      cells.push_back(shown(interval, metrics::Sign::always));
    }
    cells.push_back(std::to_string(found.runs));
    table.add_row(std::move(cells));
  }
  if (table.rows().size() < 2) return std::nullopt;
  return table;
}

std::string table(const Results& results) {
  std::string text = result_table(results).text();
  if (const auto differences = difference_table(results)) text += "\n" + differences->text();
  for (const std::string& note : interval_notes(results)) text += note + "\n";
  for (const Finding& finding : results.findings) text += "\n" + finding.text;
  for (const Outcome& outcome : results.outcomes) {
    for (const std::string& remark : outcome.remarks) {
      text +=
          fmt::format("{}, seed {}: {}\n", label(results, outcome.variant), outcome.seed, remark);
    }
  }
  return text;
}

}  // namespace lacuna::experiments
