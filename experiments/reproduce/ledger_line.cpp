#include "experiments/reproduce/ledger_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "experiments/experiment_json.hpp"
#include "experiments/reproduce/configuration.hpp"
#include "experiments/run/run_files.hpp"
#include "experiments/run/stored_json.hpp"
#include "experiments/sweep_sets.hpp"
#include "experiments/tasks/tasks.hpp"
#include "runtime/config/override.hpp"
#include "runtime/error.hpp"
#include "runtime/io/csv_field.hpp"
#include "runtime/system/build.hpp"

namespace lacuna::experiments {

using config::Json;

namespace {

/// "name=value name=value" of an object of numbers.
std::string pairs_of(const Json& numbers) {
  std::string text;
  for (const Json::Member& member : numbers.as_object()) {
    std::string name = member.key;
    std::ranges::replace_if(
        name, [](char c) { return c == ' ' || c == '='; }, '_');
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", name, config::dump(member.value, 0));
  }
  return text;
}

Json read_pairs(const std::string& text, const std::string& what) {
  Json numbers = Json::object();
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const std::size_t at = word.find('=');
    if (at == std::string::npos) {
      throw ConfigError(fmt::format("{}: '{}' is not of the form name=number", what, word));
    }
    numbers.set(word.substr(0, at), config::parse_json(word.substr(at + 1), what));
  }
  return numbers;
}

Json to_json(const Details& details) {
  Json json = Json::object();
  for (const auto& [name, value] : details) json.set(name, value);
  return json;
}

/// What the experiment's sweep tries, as it is in this one.
std::string settings_of(const Experiment& experiment) {
  if (!experiment.sweep) return "";
  Changes settings;
  const Json whole = to_json(experiment);
  for (const Changes& changes : sets_of(*experiment.sweep)) {
    for (const auto& [key, tried] : changes) {
      if (const Json* value = config::find_at(whole, key)) settings[key] = *value;
    }
  }
  return text(settings);
}

/// Calls visit(name, member) for each column, in their order.
template <class Line, class Visit>
void for_each_column(Line& line, Visit visit) {
  visit("experiment", line.experiment);
  visit("variant", line.variant);
  visit("phase", line.phase);
  visit("seed", line.seed);
  visit("settings", line.settings);
  visit("validation", line.validation);
  visit("scores", line.scores);
  visit("details", line.details);
  visit("epochs", line.epochs);
  visit("best_epoch", line.best_epoch);
  visit("seconds", line.seconds);
  visit("looks", line.looks);
  visit("configuration", line.configuration);
  visit("data", line.data);
  visit("commit", line.commit);
  visit("failure", line.failure);
}

template <class T>
void read_field(T& member, std::string_view cell, const std::string& name,
                const data::TableRow& row) {
  if constexpr (std::is_same_v<T, std::string>) {
    member = data::to_text(cell, true);
  } else {
    std::istringstream number{std::string(cell)};
    if (!(number >> member) || !number.eof()) throw row.error(name, "is no number");
  }
}

}  // namespace

std::string ledger_header() {
  std::string text;
  const LedgerLine line;
  for_each_column(line, [&](const char* name, const auto&) {
    text += fmt::format("{}{}", text.empty() ? "" : ",", name);
  });
  return text + '\n';
}

std::string to_text(const LedgerLine& line) {
  std::string text;
  for_each_column(line, [&](const char* name, const auto& member) {
    std::string field = fmt::format("{}", member);
    std::ranges::replace(field, '\n', ' ');
    text += (name == std::string_view("experiment") ? "" : ",") + io::csv_field(field);
  });
  return text + '\n';
}

LedgerLine read_line(const data::TableHeader& header, const data::TableRow& row) {
  LedgerLine line;
  for_each_column(line, [&](const char* name, auto& member) {
    read_field(member, row.fields[header.at(name, "a column of results")], name, row);
  });
  return line;
}

LedgerLine line_of(const Job& job) {
  const std::optional<StoredRun> run = stored_run(job.folder);
  if (!run) throw IoError(job.folder.string() + ": holds no finished run");
  const Outcome& outcome = run->outcome;
  const TrainResult& training = outcome.training;
  const auto stored = [&](std::string_view file) {
    return read_stored(job.folder / file, [](const Json& json) { return json; });
  };
  const Json environment = stored("environment.json");
  const Json* commit = config::find_at(environment, "build.git_commit");
  const std::string settings = settings_of(job.experiment);
  std::string arm = job.variant;  // a search names its variants "arm, settings"
  if (arm.ends_with(", " + settings)) arm.resize(arm.size() - settings.size() - 2);
  return {.experiment = "",
          .variant = arm,
          .phase = looks_at_test(job.experiment.evaluate) ? "test" : "search",
          .seed = job.seed,
          .settings = settings,
          .validation = pairs_of(
              Json::object({{std::string(training.best.metric->name), training.best.value}})),
          .scores = outcome.test ? pairs_of(to_json(*outcome.test)) : "",
          .details = pairs_of(to_json(outcome.details)),
          .epochs = training.epochs,
          .best_epoch = training.best_epoch,
          .seconds = std::round(1000 * training.seconds) / 1000,
          .looks = all_looks(job.folder),
          .configuration = configuration_of(job.experiment),
          .data = run->data.checksum,
          .commit = commit == nullptr || commit->is_null() ? "" : commit->as_string(),
          .failure = outcome.failure};
}

LedgerLine line_of(const Baseline& baseline, const Experiment& experiment,
                   std::string_view checksum) {
  LedgerLine line;
  line.variant = baseline.name;
  line.phase = "baseline";
  line.seed = split_seed(experiment.data);
  line.scores = pairs_of(to_json(baseline.scores));
  line.looks = 1;
  line.configuration = data_configuration_of(experiment);
  line.data = checksum;
  line.commit = system::build().git_commit;
  return line;
}

Outcome LedgerLine::outcome(std::span<const ScoreForm> tested) const {
  const std::string what = fmt::format("results of {}, {}, seed {}", experiment, variant, seed);
  Outcome read{.variant = variant, .seed = seed, .training = {}, .failure = failure};
  read.training.epochs = epochs;
  read.training.best_epoch = best_epoch;
  read.training.seconds = seconds;
  const Json best = read_pairs(validation, what);
  for (const Json::Member& member : best.as_object()) {
    read.training.best = {.metric = find_metric(member.key), .value = number_at(best, member.key)};
    if (read.training.best.metric == nullptr) {
      throw ConfigError(fmt::format("{}: '{}' is no score", what, member.key));
    }
  }
  if (!scores.empty()) read.test = read_test_scores(tested, read_pairs(scores, what));
  const Json numbers = read_pairs(details, what);
  for (const Json::Member& member : numbers.as_object()) {
    read.details.emplace_back(member.key, number_at(numbers, member.key));
  }
  return read;
}

}  // namespace lacuna::experiments
