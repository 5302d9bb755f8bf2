#include <fmt/format.h>

#include <algorithm>

#include "experiments/report/facts.hpp"
#include "experiments/report/html.hpp"
#include "experiments/report/sections.hpp"
#include "experiments/run/run_files.hpp"
#include "experiments/tasks/task_kind.hpp"

namespace lacuna::experiments::report {

using config::Json;

namespace {

/// Values at paths of `json`, those that are there.
Values values_at(const Json& json, const Values& names_and_paths) {
  Values values;
  for (const auto& [name, path] : names_and_paths) {
    std::string value = text_at(json, path);
    if (!value.empty()) values.emplace_back(name, std::move(value));
  }
  return values;
}

std::string command_line_of(const Json& environment) {
  const Json* words = environment.is_object() ? environment.find("command_line") : nullptr;
  if (words == nullptr || !words->is_array()) return "";
  std::string line;
  for (const Json& word : words->as_array()) line += (line.empty() ? "" : " ") + text_at(word, "");
  return line;
}

Values environment_of(const RunRecord& run) {
  Values values = values_at(run.environment, {{"version", "build.version"},
                                              {"commit", "build.git_commit"},
                                              {"compiler", "build.compiler"},
                                              {"built for", "build.march"},
                                              {"math library", "math_library"},
                                              {"device", "device"},
                                              {"processor", "machine.cpu"},
                                              {"usable threads", "machine.cpu_threads"},
                                              {"memory, bytes", "machine.memory_bytes"},
                                              {"system", "machine.os"},
                                              {"kernel", "machine.kernel"}});
  values.emplace_back("command line", command_line_of(run.environment));
  return values;
}

Values data_of(const RunRecord& run) {
  const ReportTexts texts = run.task->report_texts();
  const std::string cases(run.task->cases());
  Values values = values_at(run.data, {{"source", "source"}, {"checksum (xxh3-128)", "checksum"}});
  const auto add = [&](const Json& json, const Values& names_and_paths) {
    const Values more = values_at(json, names_and_paths);
    values.insert(values.end(), more.begin(), more.end());
  };
  add(run.data, texts.data);
  add(run.resolved, texts.protocol);
  values.emplace_back("epoch chosen on", "validation " + cases);
  if (run.has_result) {
    values.emplace_back(fmt::format("test {} were", cases), times_seen(run.looks_at_test));
  }
  return values;
}

/// "train.l2.lambda" and its value, for each leaf below `json`.
void flatten(const Json& json, const std::string& path, Values& values) {
  if (!json.is_object()) {
    values.emplace_back(path, json.is_string() ? json.as_string() : config::dump(json, 0));
    return;
  }
  for (const Json::Member& member : json.as_object()) {
    flatten(member.value, path.empty() ? member.key : path + "." + member.key, values);
  }
}

/// Every setting that may have changed a result, or the time it took.
Values settings_of(const RunRecord& run) {
  Json settings = Json::object();
  for (const char* part : {"data", "model", "train", "evaluate", "device", "threads"}) {
    if (const Json* value = run.resolved.find(part)) settings.set(part, *value);
  }
  Values values;
  flatten(settings, "", values);
  return values;
}

}  // namespace

std::string data_section(const std::vector<LaunchRecord>& launches) {
  const std::vector<const VariantRecord*> variants = variants_of(launches);
  const TaskKind& task = *launches.front().task;
  const Metric& metric = metric_of(variants);
  const std::string how = fmt::format(
      "The best epoch is the one with the {} validation {}. Its weights are judged by the test {} "
      "when the run has ended, and again each time that it was trained on after its end, or "
      "evaluated; {}",
      metric.better == Better::smaller ? "least" : "greatest", metric.title, task.cases(),
      task.report_texts().note);
  return section("Data and protocol",
                 table("Data, split and rules",
                       side_by_side(facts_of(variants, data_of), "all runs"), Cells::text) +
                     element("p", how));
}

std::string configuration_section(const std::vector<LaunchRecord>& launches) {
  const std::vector<const VariantRecord*> variants = variants_of(launches);
  const Rows rows = side_by_side(facts_of(variants, settings_of), "all runs");
  std::string html = table("What differs", differences(rows), Cells::text);
  if (html.empty() && variants.size() > 1) {
    html = element("p", "The settings of all variants are the same.");
  }
  for (const VariantRecord* variant : variants) {
    const RunRecord& run = variant->runs.front();
    html += details(fmt::format("All settings of {}, seed {}", variant->label, run.outcome.seed),
                    config::dump(run.resolved));
  }
  return section("Configuration", html);
}

std::string environment_section(const std::vector<LaunchRecord>& launches) {
  const Rows rows = side_by_side(facts_of(variants_of(launches), environment_of), "all runs");
  return section("Environment", table("Build and machine", rows, Cells::text));
}

}  // namespace lacuna::experiments::report
