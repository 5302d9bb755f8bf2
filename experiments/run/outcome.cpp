#include "experiments/run/outcome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "runtime/config/write.hpp"
#include "runtime/metrics/statistics.hpp"

namespace lacuna::experiments {

using config::Json;

namespace {

/// The finished outcomes of one variant.
struct Group {
  std::string variant;
  std::vector<const Outcome*> outcomes;

  template <class Value>
  metrics::Interval over_seeds(Value value) const {
    std::vector<double> values;
    std::ranges::transform(outcomes, std::back_inserter(values),
                           [&](const Outcome* outcome) { return value(*outcome); });
    return metrics::mean_interval(values);
  }
};

double test_rmse(const Outcome& outcome) {
  return outcome.test->rmse;
}
double warm_rmse(const Outcome& outcome) {
  return outcome.test->warm_rmse;
}
double validation_score(const Outcome& outcome) {
  return outcome.training.best.value;
}

std::vector<Group> groups_of(const Results& results) {
  std::vector<Group> groups;
  for (const Outcome& outcome : results.outcomes) {
    if (!outcome.test) continue;
    auto found = std::ranges::find(groups, outcome.variant, &Group::variant);
    if (found == groups.end()) found = groups.insert(groups.end(), {outcome.variant, {}});
    found->outcomes.push_back(&outcome);
  }
  return groups;
}

Json interval_json(const metrics::Interval& interval) {
  return Json::object({{"mean", interval.mean},
                       {"half_width_95", interval.half_width},
                       {"std_dev", interval.std_dev}});
}

std::string shown(double error) {
  return std::isnan(error) ? "-" : fmt::format("{:.4f}", error);
}

std::string shown(const metrics::Interval& interval) {
  if (interval.n < 2 || std::isnan(interval.mean)) return shown(interval.mean);
  return fmt::format("{:.4f} +- {:.4f}", interval.mean, interval.half_width);
}

/// A baseline on each of the splits that were seen.
struct BaselineGroup {
  std::string name;
  std::vector<TestError> errors;

  metrics::Interval over_splits(double TestError::*value) const {
    std::vector<double> values;
    for (const TestError& error : errors) values.push_back(error.*value);
    return metrics::mean_interval(values);
  }
};

std::vector<BaselineGroup> groups_of(const std::vector<RatingTask::Baseline>& baselines) {
  std::vector<BaselineGroup> groups;
  for (const auto& [name, error] : baselines) {
    auto found = std::ranges::find(groups, name, &BaselineGroup::name);
    if (found == groups.end()) found = groups.insert(groups.end(), {name, {}});
    found->errors.push_back(error);
  }
  return groups;
}

/// The errors' means; the pairs are the first split's.
TestError mean_error(const BaselineGroup& group) {
  TestError mean = group.errors.front();
  for (double TestError::*value : {&TestError::rmse, &TestError::mae, &TestError::warm_rmse}) {
    mean.*value = group.over_splits(value).mean;
  }
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

bool several_data_sets(const std::vector<Variant>& variants) {
  const auto data = [](const Variant& variant) {
    return config::to_json(variant.experiment.data).set("split_seed", 0);
  };
  return std::ranges::adjacent_find(variants, std::not_equal_to<>{}, data) != variants.end();
}

bool any_failed(const Results& results) {
  return std::ranges::any_of(results.outcomes,
                             [](const Outcome& outcome) { return !outcome.failure.empty(); });
}

void add_baselines(Results& results, const RatingTask& task, const Variant& variant,
                   bool several_data) {
  if (!variant.experiment.evaluate.test) return;
  for (RatingTask::Baseline& baseline : task.baselines(variant.experiment.evaluate)) {
    if (several_data) baseline.name += fmt::format(" [{}]", variant.name);
    results.baselines.push_back(std::move(baseline));
  }
}

Json to_json(const TestError& error) {
  return Json::object({{"rmse", error.rmse},
                       {"mae", error.mae},
                       {"warm_rmse", error.warm_rmse},
                       {"pairs", error.pairs},
                       {"warm_pairs", error.warm_pairs}});
}

Json to_json(const Outcome& outcome) {
  const TrainResult& training = outcome.training;
  return Json::object({{"variant", outcome.variant},
                       {"seed", outcome.seed},
                       {"epochs", training.epochs},
                       {"best_epoch", training.best_epoch},
                       {score_key("validation", *training.best.metric), training.best.value},
                       {"interrupted", training.interrupted},
                       {"failure", outcome.failure.empty() ? Json() : Json(outcome.failure)},
                       {"seconds", training.seconds},
                       {"test", outcome.test ? to_json(*outcome.test) : Json()}});
}

std::string score_key(std::string_view of, const Metric& metric) {
  return fmt::format("{}_{}", of, metric.name);
}

std::string summary(const Outcome& outcome) {
  const TrainResult& training = outcome.training;
  return fmt::format("validation {} at epoch {}{}, {:.1f} s", shown(training.best.value),
                     training.best_epoch, outcome.test ? ", test " + shown(outcome.test->rmse) : "",
                     training.seconds);
}

Json to_json(const Results& results) {
  Json baselines = Json::object();
  for (const BaselineGroup& group : groups_of(results.baselines)) {
    baselines.set(group.name, to_json(mean_error(group)).set("splits", group.errors.size()));
  }
  Json runs = Json::array();
  for (const Outcome& outcome : results.outcomes) runs.push_back(to_json(outcome));
  Json summary = Json::array();
  for (const Group& group : groups_of(results)) {
    const Metric& metric = *group.outcomes.front()->training.best.metric;
    summary.push_back(Json::object(
        {{"variant", group.variant},
         {"seeds", group.outcomes.size()},
         {"test_rmse", interval_json(group.over_seeds(test_rmse))},
         {"test_warm_rmse", interval_json(group.over_seeds(warm_rmse))},
         {score_key("validation", metric), interval_json(group.over_seeds(validation_score))}}));
  }
  return Json::object(
      {{"name", results.name}, {"baselines", baselines}, {"runs", runs}, {"summary", summary}});
}

metrics::Table result_table(const Results& results) {
  metrics::Table table({"", "test RMSE, all pairs", "warm pairs", "validation", "best epoch", "s"});
  for (const BaselineGroup& group : groups_of(results.baselines)) {
    table.add_row({group.name, shown(group.over_splits(&TestError::rmse)),
                   shown(group.over_splits(&TestError::warm_rmse)), "", "", ""});
  }
  for (const Group& group : groups_of(results)) {
    const auto seconds =
        group.over_seeds([](const Outcome& outcome) { return outcome.training.seconds; });
    table.add_row({label(results, group.variant), shown(group.over_seeds(test_rmse)),
                   shown(group.over_seeds(warm_rmse)), shown(group.over_seeds(validation_score)),
                   best_epochs(group), fmt::format("{:.1f}", seconds.mean)});
  }
  for (const Outcome& outcome : results.outcomes) {
    if (outcome.test) continue;
    const std::string name =
        fmt::format("{}, seed {}, {} at epoch {}", label(results, outcome.variant), outcome.seed,
                    ending(outcome), outcome.training.epochs);
    table.add_row({name, "-", "-", shown(outcome.training.best.value),
                   std::to_string(outcome.training.best_epoch),
                   fmt::format("{:.1f}", outcome.training.seconds)});
  }
  return table;
}

std::string table(const Results& results) {
  return result_table(results).text();
}

}  // namespace lacuna::experiments
