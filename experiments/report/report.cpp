#include "experiments/report/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "experiments/report/html.hpp"
#include "experiments/report/sections.hpp"
#include "experiments/tasks/task_kind.hpp"
#include "runtime/io/atomic_file.hpp"
#include "runtime/io/home_path.hpp"
#include "runtime/system/build.hpp"
#include "runtime/system/environment.hpp"

namespace lacuna::experiments::report {

namespace fs = std::filesystem;

namespace {

/// The launches' texts, each once.
std::vector<std::string> distinct(const std::vector<LaunchRecord>& launches,
                                  std::string LaunchRecord::*text) {
  std::vector<std::string> texts;
  for (const LaunchRecord& launch : launches) {
    const std::string& own = launch.*text;
    if (!own.empty() && std::ranges::find(texts, own) == texts.end()) texts.push_back(own);
  }
  return texts;
}

std::string title_of(const std::vector<LaunchRecord>& launches) {
  std::string title;
  for (const std::string& name : distinct(launches, &LaunchRecord::name)) {
    title += (title.empty() ? "" : ", ") + name;
  }
  return title;
}

/// What went wrong, or makes a result doubtful, stands above all results.
std::string notices(const std::vector<LaunchRecord>& launches, const std::string& problem) {
  std::string html;
  for (const VariantRecord* variant : variants_of(launches)) {
    for (const RunRecord& run : variant->runs) {
      const std::string state = state_of(run);
      if (state != "finished") {
        html += notice(fmt::format("{}, seed {}: {}.", variant->label, run.outcome.seed, state));
      }
      for (const std::string& remark : run.outcome.remarks) {
        html += notice(fmt::format("{}, seed {}: {}.", variant->label, run.outcome.seed, remark));
      }
    }
  }
  if (!problem.empty()) html += notice(fmt::format("The charts are missing: {}.", problem));
  return html;
}

std::string summary(const std::vector<LaunchRecord>& launches) {
  std::size_t runs = 0;
  std::size_t finished = 0;
  const auto variants = variants_of(launches);
  for (const VariantRecord* variant : variants) {
    runs += variant->runs.size();
    finished += static_cast<std::size_t>(std::ranges::count_if(
        variant->runs, [](const RunRecord& run) { return run.outcome.test.has_value(); }));
  }
  return fmt::format("{} variant{}, {} run{}, {} finished. Written by lacuna {} on {}.",
                     variants.size(), variants.size() == 1 ? "" : "s", runs, runs == 1 ? "" : "s",
                     finished, system::build().version,
                     system::utc_time(std::chrono::system_clock::now()));
}

/// What is said of each task's launches; a heading tells them apart where there are several tasks.
std::string tasks_sections(const std::vector<LaunchRecord>& launches, ChartDrawer& drawer) {
  std::vector<const TaskKind*> tasks;
  for (const LaunchRecord& launch : launches) {
    if (std::ranges::find(tasks, launch.task) == tasks.end()) tasks.push_back(launch.task);
  }
  std::string html;
  for (const TaskKind* task : tasks) {
    std::vector<LaunchRecord> own;
    std::ranges::copy_if(launches, std::back_inserter(own),
                         [&](const LaunchRecord& launch) { return launch.task == task; });
    if (tasks.size() > 1) html += element("h1", fmt::format("Task: {}", task->name())) + "\n";
    html += results_section(own) + pairs_section(own);
    html += curves_section(own, drawer);  // one after the other: charts are numbered
    html += task->report_sections(own, drawer);
    html += runs_section(own) + data_section(own);
  }
  return html;
}

}  // namespace

WrittenReport write_report(const std::vector<fs::path>& runs, fs::path output) {
  std::vector<fs::path> paths;
  for (const fs::path& run : runs) paths.push_back(io::expand_home(run.string()));
  const FoundLaunches found = read_launches(paths);
  const std::vector<LaunchRecord>& launches = found.launches;
  if (output.empty()) output = found.paths.front() / "report.html";
  const std::string title = title_of(launches);
  ChartDrawer drawer;
  const std::string of_tasks = tasks_sections(launches, drawer);
  std::string html = element("h1", title);
  for (const std::string& text : distinct(launches, &LaunchRecord::description)) {
    html += element("p", text) + "\n";
  }
  html += fmt::format("<p class=\"soft\">{}</p>\n", escape(summary(launches)));
  html += notices(launches, drawer.problem()) + of_tasks + configuration_section(launches) +
          environment_section(launches);
  output = io::expand_home(output.string());
  io::write_file_atomically(output, page(title, html));
  return {output, drawer.problem(), found.left_out};
}

}  // namespace lacuna::experiments::report
