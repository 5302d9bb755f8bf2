#include "experiments/reproduce/reproduce.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <regex>

#include "experiments/experiment_json.hpp"
#include "experiments/reproduce/shipped.hpp"
#include "experiments/run/launch_folder.hpp"
#include "experiments/run/run_files.hpp"
#include "experiments/sweep/sweep.hpp"
#include "experiments/tasks/tasks.hpp"
#include "runtime/data/data_path.hpp"
#include "runtime/error.hpp"
#include "runtime/io/run_directory.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

namespace {

/// Generated data always are.
bool at_hand(const DataConfig& config) {
  const std::string* path = path_of(config);
  return path == nullptr || fs::exists(data::resolve_path(*path));
}

struct Ending {
  bool interrupted = false;
  bool failed = false;  ///< a loss was not finite
};

Ending train_all(const Plan& plan, int jobs, LaunchOptions options) {
  options.keep_going = true;
  if (!plan.variants.front().experiment.sweep) {
    const LaunchReport done = go_on(plan, begin_launch(plan), options);
    return {done.interrupted, any_failed(done.results)};
  }
  const StoredSweep sweep{begin_launch(plan, sweep_file), plan};
  try {
    const SweepReport done = resume_sweep(sweep, jobs, options);
    return {done.interrupted, any_failed(done.test)};
  } catch (const NonFiniteError& error) {  // of every set that was tried
    options.remark(fmt::format("{}: {}", plan.name, error.what()));
    return {.failed = true};
  }
}

std::string chosen_for(const std::string& variant, const fs::path& folder) {
  for (const Choice& choice : stored_choices(folder)) {
    if (choice.arm == variant) return text(choice.changes);
  }
  return "";
}

using ScoresBySeed = std::map<std::uint64_t, TestScores>;

/// A cell, and what the paired differences of its row are made of.
struct RowCell {
  ReproducedCell cell;
  Experiment experiment;
  ScoresBySeed scores;
};

/// Whether the test scores of two arms are of the same predictions.
bool comparable(const Experiment& a, const Experiment& b) {
  return to_json(a.data) == to_json(b.data) && to_json(a.evaluate) == to_json(b.evaluate);
}

metrics::Interval paired_difference(const RowCell& first, const RowCell& other) {
  std::vector<double> differences;
  if (comparable(first.experiment, other.experiment)) {
    for (const auto& [seed, scores] : first.scores) {
      const auto same = other.scores.find(seed);
      if (same == other.scores.end()) continue;
      differences.push_back(scores.front().value - same->second.front().value);
    }
  }
  return metrics::mean_interval(differences);
}

std::string status_of(const RowCell& row, std::size_t failed, std::size_t planned) {
  if (failed > 0) return fmt::format("{} of {} runs diverged", failed, planned);
  if (row.scores.empty()) return at_hand(row.experiment.data) ? "not run" : "no data at hand";
  if (row.scores.size() == planned) return "";
  return fmt::format("{} of {} runs", row.scores.size(), planned);
}

/// Each score that has a column, over the seeds.
std::vector<Scored> scored(const ScoresBySeed& scores, const TaskKind& kind) {
  std::vector<Scored> all;
  for (const ScoreForm* form : columns_of(kind.test_scores())) {
    std::vector<double> values;
    for (const auto& [seed, found] : scores) values.push_back(value_of(found, *form));
    all.push_back({form, metrics::mean_interval(values)});
  }
  return all;
}

/// What the files of its runs say of a variant.
RowCell read_cell(const Plan& plan, const Variant& variant, const PaperConfig& paper) {
  const fs::path folder = *plan.output.dir;
  const fs::path launch = variant.experiment.sweep ? folder / "test" : folder;
  RowCell row{.cell = {}, .experiment = variant.experiment, .scores = {}};
  std::size_t failed = 0;
  for (const std::uint64_t seed : plan.seeds) {
    const auto run = stored_run(io::run_folder(launch, variant.name, seed));
    if (!run) continue;
    if (!run->outcome.failure.empty()) ++failed;
    if (run->outcome.test) row.scores[seed] = *run->outcome.test;
  }
  row.cell = {.row = paper.row,
              .variant = variant.name,
              .paper = {},
              .ours = scored(row.scores, kind_of(variant.experiment.evaluate)),
              .difference = {},
              .settings = chosen_for(variant.name, folder),
              .status = status_of(row, failed, plan.seeds.size()),
              .means = variant.experiment.description};
  if (const auto value = paper.values.find(variant.name); value != paper.values.end()) {
    row.cell.paper = value->second;
  }
  return row;
}

/// The arms that a table has of an experiment, and those that no table has.
bool shown_in(const PaperConfig& paper, const Variant& variant) {
  const auto names = [&](const PaperConfig& cells) { return cells.values.contains(variant.name); };
  return names(paper) || std::ranges::none_of(variant.experiment.paper, names);
}

/// Beside the others of its row, wherever they come from.
void insert(std::vector<RowCell>& rows, RowCell cell) {
  const auto last = std::find_if(rows.rbegin(), rows.rend(), [&](const RowCell& other) {
    return other.cell.row == cell.cell.row;
  });
  rows.insert(last == rows.rend() ? rows.end() : last.base(), std::move(cell));
}

std::vector<ReproducedCell> cells_of(std::vector<RowCell> rows) {
  std::vector<ReproducedCell> cells;
  const RowCell* first = nullptr;
  for (RowCell& row : rows) {
    const bool begins = first == nullptr || first->cell.row != row.cell.row;
    if (begins) first = &row;
    if (!begins) row.cell.difference = paired_difference(*first, row);
    cells.push_back(row.cell);
  }
  return cells;
}

std::vector<PaperExperiment> selected(const Reproduction& what) {
  std::vector<PaperExperiment> experiments = paper_experiments();
  std::erase_if(experiments, [&](const PaperExperiment& each) { return each.table != what.table; });
  if (experiments.empty()) {
    throw ConfigError(fmt::format("no experiment repeats the table '{}'; there are:\n{}",
                                  what.table, list_tables()));
  }
  try {
    const std::regex filter(what.filter);
    std::erase_if(experiments, [&](const PaperExperiment& each) {
      return !std::regex_search(each.name, filter);
    });
  } catch (const std::regex_error&) {
    throw ConfigError(fmt::format("--filter {}: not a regular expression", what.filter));
  }
  if (experiments.empty()) {
    throw ConfigError(fmt::format("--filter {}: fits no experiment of '{}'; there are:\n{}",
                                  what.filter, what.table, list_tables()));
  }
  return experiments;
}

}  // namespace

ReproductionReport reproduce(const Reproduction& what, const LaunchOptions& options) {
  ReproductionReport report{.table = what.table, .cells = {}};
  std::vector<RowCell> rows;
  for (const PaperExperiment& experiment : selected(what)) {
    Plan plan = load_plan(experiment.file, what.overrides);
    const fs::path folder = fs::absolute(what.folder) / experiment.home / experiment.name;
    plan.output.dir = folder.string();
    check_begun(plan, plan.variants.front().experiment.sweep ? sweep_file : launch_file);
    const bool run =
        what.train && !report.interrupted && at_hand(plan.variants.front().experiment.data);
    if (run) {
      options.remark(fmt::format("== {}", experiment.name));
      const Ending ending = train_all(plan, what.jobs, options);
      report.interrupted = ending.interrupted;
      report.failed = report.failed || ending.failed;
    }
    for (const PaperConfig& paper : plan.variants.front().experiment.paper) {
      if (paper.table != what.table) continue;
      for (const Variant& variant : plan.variants) {
        if (shown_in(paper, variant)) insert(rows, read_cell(plan, variant, paper));
      }
    }
  }
  report.cells = cells_of(std::move(rows));
  return report;
}

std::string list_tables() {
  std::string text;
  for (const PaperExperiment& experiment : paper_experiments()) {
    text += fmt::format("{:<24} {:<32} {}\n", experiment.table, experiment.name, experiment.row);
  }
  return text;
}

}  // namespace lacuna::experiments
