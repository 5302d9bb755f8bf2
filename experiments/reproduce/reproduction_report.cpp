#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/experiment_json.hpp"
#include "experiments/reproduce/reproduce.hpp"

namespace lacuna::experiments {

namespace {

std::string shown(const metrics::Interval& interval, bool difference = false) {
  if (interval.n == 0) return "-";
  const std::string mean =
      difference ? fmt::format("{:+.4f}", interval.mean) : fmt::format("{:.4f}", interval.mean);
  return interval.n == 1 ? mean : fmt::format("{} +- {:.4f}", mean, interval.half_width);
}

std::string shown(const std::optional<PaperValue>& paper) {
  if (!paper) return "-";
  return paper->interval ? fmt::format("{} +- {}", paper->value, *paper->interval)
                         : fmt::format("{}", paper->value);
}

/// Those of all cells, which may be of several tasks.
std::vector<const ScoreForm*> forms_of(const ReproductionReport& report) {
  std::vector<const ScoreForm*> forms;
  for (const ReproducedCell& cell : report.cells) {
    for (const Scored& ours : cell.ours) {
      if (std::ranges::find(forms, ours.form) == forms.end()) forms.push_back(ours.form);
    }
  }
  return forms;
}

std::string title_of(const ScoreForm& form, const ScoreForm& first) {
  if (&form != &first) return std::string(form.column);
  return form.cases.empty() ? "ours" : fmt::format("ours, {}", form.cases);
}

/// n = 0 where it has none.
metrics::Interval value_of(const ReproducedCell& cell, const ScoreForm& form) {
  const auto found = std::ranges::find(cell.ours, &form, &Scored::form);
  return found == cell.ours.end() ? metrics::Interval{} : found->value;
}

}  // namespace

std::string verdict(const ReproducedCell& cell) {
  const auto& [form, ours] = cell.ours.front();
  if (!cell.paper || ours.n < 2 || !cell.status.empty()) return "-";
  const double tolerance = std::hypot(ours.half_width, cell.paper->interval.value_or(0));
  if (std::abs(ours.mean - cell.paper->value) <= tolerance) return "equal";
  return is_better(*form->metric, ours.mean, cell.paper->value) ? "better" : "worse";
}

metrics::Table table_of(const ReproductionReport& report) {
  std::vector<std::string> header{report.table, "arm", "paper"};
  const std::vector<const ScoreForm*> forms = forms_of(report);
  for (const ScoreForm* form : forms) header.push_back(title_of(*form, *forms.front()));
  header.insert(header.end(),
                {"first arm - this, paired", "runs", "ours is", "chosen on validation"});
  metrics::Table table(header);
  for (const ReproducedCell& cell : report.cells) {
    std::vector<std::string> cells{cell.row, cell.variant, shown(cell.paper)};
    for (const ScoreForm* form : forms) cells.push_back(shown(value_of(cell, *form)));
    cells.insert(cells.end(),
                 {shown(cell.difference, true), std::to_string(cell.ours.front().value.n),
                  cell.status.empty() ? verdict(cell) : cell.status, cell.settings});
    table.add_row(std::move(cells));
  }
  return table;
}

std::string means_of(const ReproductionReport& report) {
  std::string text;
  std::string before;
  for (const ReproducedCell& cell : report.cells) {
    const std::string line = fmt::format("- {}: {}\n", cell.row, cell.means);
    if (line != before) text += line;
    before = line;
  }
  return text;
}

config::Json to_json(const ReproductionReport& report) {
  const auto interval = [](const metrics::Interval& of) {
    return config::Json::object({{"n", of.n}, {"mean", of.mean}, {"half_width_95", of.half_width}});
  };
  const auto paper = [](const std::optional<PaperValue>& of) {
    return of ? to_json(*of)
              : config::Json::object({{"value", config::Json()}, {"interval", config::Json()}});
  };
  config::Json cells = config::Json::array();
  for (const ReproducedCell& cell : report.cells) {
    config::Json json = config::Json::object(
        {{"row", cell.row}, {"variant", cell.variant}, {"paper", paper(cell.paper)}});
    for (const auto& [form, value] : cell.ours) {
      const bool first = form == cell.ours.front().form;
      json.set(first ? "ours" : fmt::format("ours_{}", short_name(*form)), interval(value));
    }
    json.set("first_minus_this", interval(cell.difference));
    json.set("verdict", verdict(cell)).set("status", cell.status);
    json.set("settings", cell.settings).set("means", cell.means);
    cells.push_back(json);
  }
  return config::Json::object({{"table", report.table}, {"cells", cells}});
}

}  // namespace lacuna::experiments
