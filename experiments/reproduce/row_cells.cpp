#include "experiments/reproduce/row_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>

#include "experiments/experiment_json.hpp"
#include "experiments/report/same_test.hpp"
#include "experiments/reproduce/configuration.hpp"
#include "experiments/reproduce/sparsity_slope.hpp"
#include "experiments/run/groups.hpp"
#include "experiments/run/job.hpp"
#include "experiments/tasks/tasks.hpp"
#include "runtime/config/override.hpp"
#include "runtime/data/data_path.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments {

namespace {

metrics::Interval paired_difference(const RowCell& first, const RowCell& other) {
  if (report::test_identity(first.experiment) != report::test_identity(other.experiment)) return {};
  return metrics::mean_interval(paired_differences(
      scores_of(first.cell.runs), scores_of(other.cell.runs), *first.cell.ours.front().form));
}

std::size_t failed(const RunsBySeed& runs) {
  return static_cast<std::size_t>(
      std::ranges::count_if(runs, [](const auto& run) { return !run.second.test; }));
}

std::string status_of(const RunsBySeed& runs, std::size_t planned, const DataConfig& data) {
  if (const std::size_t count = failed(runs)) {
    return fmt::format("{} of {} runs diverged", count, planned);
  }
  if (runs.empty()) return at_hand(data) ? "not run" : "no data at hand";
  return runs.size() == planned ? "" : fmt::format("{} of {} runs", runs.size(), planned);
}

/// A score over the seeds that have it; of `most` of them, from the first on, unless it is 0.
metrics::Interval over_seeds(const RunsBySeed& runs, const ScoreForm& form, int most = 0) {
  std::vector<double> values;
  for (const auto& [seed, run] : runs) {
    if (run.test) values.push_back(value_of(*run.test, form));
    if (most > 0 && std::ssize(values) == most) break;
  }
  return metrics::mean_interval(values);
}

/// The score that a paper's cells are of.
const ScoreForm& form_of(const PaperConfig& paper, const TaskKind& kind) {
  const std::span<const ScoreForm> forms = kind.test_scores();
  if (!paper.score) return forms.front();
  const auto found = std::ranges::find(forms, *paper.score, &ScoreForm::name);
  if (found != forms.end()) return *found;
  throw ConfigError(
      fmt::format("paper: '{}' is no score of the task {}", *paper.score, kind.name()));
}

/// That one, then the others that have a column.
std::vector<Scored> scored(const RunsBySeed& runs, const PaperConfig& paper, const TaskKind& kind) {
  const ScoreForm& first = form_of(paper, kind);
  std::vector<Scored> all{{&first, over_seeds(runs, first)}};
  for (const ScoreForm* form : columns_of(kind.test_scores())) {
    if (form != &first && !form->optional) all.push_back({form, over_seeds(runs, *form)});
  }
  return all;
}

std::optional<double> abscissa(const PaperConfig& paper, const Experiment& experiment) {
  if (!paper.x) return std::nullopt;
  const config::Json whole = to_json(experiment);
  const config::Json* value = config::find_at(whole, *paper.x);
  if (value != nullptr && value->is_number()) return value->as_double();
  throw ConfigError(fmt::format("paper: x: '{}' is no number of the experiment", *paper.x));
}

/// The arms that a table has of an experiment, and those that no table has.
bool shown_in(const PaperConfig& paper, const Variant& variant) {
  const auto names = [&](const PaperConfig& cells) { return cells.values.contains(variant.name); };
  return names(paper) || std::ranges::none_of(variant.experiment.paper, names);
}

/// What the ledger says of a variant with the settings that were chosen for it.
RowCell read_cell(const Plan& plan, const Variant& variant, const PaperConfig& paper,
                  const Ledger& ledger) {
  const Experiment& experiment = variant.experiment;
  RunsBySeed runs;
  std::int64_t looks = 0;
  std::string settings;
  for (const std::uint64_t seed : plan.seeds) {
    const Job job = job_of(plan, variant, seed, {});
    const LedgerLine* line = ledger.find(configuration_of(job.experiment));
    if (line == nullptr) continue;
    runs[seed] = *ledger.find(job);
    looks += std::max<std::int64_t>(line->looks - 1, 0);
    settings = line->settings;
  }
  const TaskKind& kind = kind_of(experiment.evaluate);
  ReproducedCell cell{
      .row = paper.row,
      .variant = variant.name,
      .paper = {},
      .paper_runs = paper.runs,
      .paper_interval = paper.interval_of,
      .ours = scored(runs, paper, kind),
      .difference = {},
      .settings = settings,
      .status = status_of(runs, plan.seeds.size(), experiment.data),
      .means = experiment.description,
      .looks = looks,
      .runs = runs,
      .over = runs_text(runs.size(), plan.seeds_vary, is_split_by_seed(experiment.data)),
      .x = abscissa(paper, experiment),
      .x_name = paper.x.value_or(""),
      .degree = degree_of_sparsity(to_json(experiment))};
  if (paper.runs > 0) cell.like_paper = over_seeds(runs, form_of(paper, kind), paper.runs);
  const auto value = paper.values.find(variant.name);
  if (value != paper.values.end() && value->second.value) cell.paper = value->second;
  return {std::move(cell), experiment};
}

/// What needs no training, on the splits of a variant; nothing where none has a line.
std::optional<RowCell> read_baseline(const Plan& plan, const Variant& variant,
                                     const PaperConfig& paper, const Ledger& ledger) {
  const TaskKind& kind = kind_of(variant.experiment.evaluate);
  RunsBySeed runs;
  for (const std::uint64_t seed : plan.seeds) {
    const LedgerLine* line = ledger.find(data_configuration_of(with_seed(variant, seed)));
    if (line != nullptr) runs[seed] = line->outcome(kind.test_scores());
  }
  if (runs.empty()) return std::nullopt;
  std::optional<double> x;
  std::string name = runs.begin()->second.variant;
  if (is_along_data(paper)) {
    x = abscissa(paper, variant.experiment);
    name += fmt::format(", {:g}", *x);
  }
  return RowCell{{.row = paper.row,
                  .variant = std::move(name),
                  .paper = {},
                  .ours = scored(runs, paper, kind),
                  .difference = {},
                  .settings = "",
                  .status = status_of(runs, plan.seeds.size(), variant.experiment.data),
                  .means = variant.experiment.description,
                  .trained = false,
                  .runs = runs,
                  .x = x,
                  .x_name = x ? *paper.x : ""},
                 variant.experiment};
}

/// Beside the others of its row, wherever they come from.
void insert(std::vector<RowCell>& rows, RowCell cell) {
  const auto last = std::find_if(rows.rbegin(), rows.rend(), [&](const RowCell& other) {
    return other.cell.row == cell.cell.row && (other.cell.trained || !cell.cell.trained);
  });
  rows.insert(last == rows.rend() ? rows.end() : last.base(), std::move(cell));
}

bool has_baseline(const std::vector<RowCell>& rows, const ReproducedCell& cell) {
  return std::ranges::any_of(rows, [&](const RowCell& other) {
    return other.cell.row == cell.row && other.cell.x == cell.x && !other.cell.trained;
  });
}

}  // namespace

ScoresBySeed scores_of(const RunsBySeed& runs) {
  ScoresBySeed scores;
  for (const auto& [seed, run] : runs) {
    if (run.test) scores[seed] = &*run.test;
  }
  return scores;
}

bool is_along_data(const PaperConfig& paper) {
  return paper.x && paper.x->starts_with("data.");
}

bool at_hand(const DataConfig& config) {
  const std::string* path = path_of(config);
  return path == nullptr || std::filesystem::exists(data::resolve_path(*path));
}

void add_cells(std::vector<RowCell>& rows, const ChosenPlan& chosen, const PaperConfig& paper,
               const Ledger& ledger) {
  for (const Variant& variant : chosen.plan.variants) {
    if (!shown_in(paper, variant)) continue;
    RowCell row = read_cell(chosen.plan, variant, paper, ledger);
    const bool edge = std::ranges::find(chosen.at_edge, variant.name) != chosen.at_edge.end();
    if (edge && !row.cell.settings.empty()) row.cell.settings += " (edge)";
    insert(rows, std::move(row));
  }
  for (const Variant& variant : chosen.plan.variants) {
    auto baseline = read_baseline(chosen.plan, variant, paper, ledger);
    if (baseline && !has_baseline(rows, baseline->cell)) insert(rows, *std::move(baseline));
    if (!is_along_data(paper)) break;
  }
}

std::vector<ReproducedCell> cells_of(std::vector<RowCell> rows, const std::string& first_arm) {
  for (auto begin = rows.begin(); begin != rows.end();) {
    const auto end = std::find_if(
        begin, rows.end(), [&](const RowCell& row) { return row.cell.row != begin->cell.row; });
    std::stable_partition(begin, end,
                          [&](const RowCell& row) { return row.cell.variant == first_arm; });
    begin = end;
  }
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

}  // namespace lacuna::experiments
