#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "experiments/experiment_json.hpp"
#include "experiments/reproduce/reproduce.hpp"
#include "experiments/run/groups.hpp"
#include "runtime/metrics/interval_text.hpp"

namespace lacuna::experiments {

namespace {

using metrics::shown;

std::string of_paper(const std::optional<PaperValue>& paper) {
  if (!paper) return "-";
  return paper->interval ? fmt::format("{} +- {}", *paper->value, *paper->interval)
                         : fmt::format("{}", *paper->value);
}

/// n = 0 where it has none.
metrics::Interval value_of(const ReproducedCell& cell, const ScoreForm& form) {
  const auto found = std::ranges::find(cell.ours, &form, &Scored::form);
  return found == cell.ours.end() ? metrics::Interval{} : found->value;
}

/// The scores beside the first that all cells have, which may be of several tasks.
std::vector<const ScoreForm*> forms_of(const ReproductionReport& report) {
  std::vector<const ScoreForm*> forms;
  if (report.cells.empty()) return forms;
  for (const Scored& ours : report.cells.front().ours) {
    const bool shared = std::ranges::all_of(report.cells, [&](const ReproducedCell& cell) {
      return cell.ours.front().form != ours.form &&
             std::ranges::find(cell.ours, ours.form, &Scored::form) != cell.ours.end();
    });
    if (shared) forms.push_back(ours.form);
  }
  return forms;
}

std::string ours_title(const ReproductionReport& report) {
  if (report.cells.empty()) return "ours";
  const std::string_view cases = report.cells.front().ours.front().form->cases;
  return cases.empty() ? "ours" : fmt::format("ours, {}", cases);
}

/// Read as the paper reads its own.
std::string shown_like_paper(const ReproducedCell& cell) {
  metrics::Interval read = cell.like_paper;
  if (cell.paper_interval == PaperInterval::runs) read.half_width = 1.96 * read.std_dev;
  return shown(read);
}

std::string shown_runs(const ReproducedCell& cell) {
  const std::int64_t n = cell.ours.front().value.n;
  if (cell.looks == 0) return std::to_string(n);
  return fmt::format("{}, looked at {} times more", n, cell.looks);
}

bool all_there(const ReproducedCell& cell) {
  const std::int64_t n = cell.ours.front().value.n;
  return n >= 2 && n >= cell.paper_runs && cell.status.empty();
}

/// The half width of the 95 % interval of a paper's mean; 0 where it gives none.
double paper_half_width(const ReproducedCell& cell) {
  const double interval = cell.paper->interval.value_or(0);
  if (cell.paper_interval == PaperInterval::mean || cell.paper_runs < 2) return interval;
  const double std_dev = interval / 1.96;
  return metrics::student_t(0.95, cell.paper_runs - 1) * std_dev / std::sqrt(cell.paper_runs);
}

std::string size_of(const ReproducedCell& cell) {
  if (cell.smaller && cell.status.empty()) return "no verdict by --quick";
  return cell.ours.front().value.n < cell.paper_runs && cell.status.empty()
             ? fmt::format("fewer runs than the paper's {}", cell.paper_runs)
             : cell.status;
}

/// "zero imputation (-4.2 +- 0.5), mean imputation (...)" of the cells of a row with this verdict.
std::string against(const ReproductionReport& report, const std::string& row,
                    const std::string& verdict) {
  std::string text;
  for (const ReproducedCell& cell : report.cells) {
    if (cell.row != row || first_arm_is(cell) != verdict) continue;
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", cell.variant,
                        shown(cell.difference, metrics::Sign::always));
  }
  return text;
}

}  // namespace

std::string verdict(const ReproducedCell& cell) {
  const auto& [form, ours] = cell.ours.front();
  if (!cell.paper || cell.smaller || !all_there(cell)) return "-";
  const double tolerance = std::hypot(ours.half_width, paper_half_width(cell));
  if (std::abs(ours.mean - *cell.paper->value) <= tolerance) return "equal";
  return is_better(*form->metric, ours.mean, *cell.paper->value) ? "better" : "worse";
}

std::string first_arm_is(const ReproducedCell& cell) {
  const metrics::Interval& difference = cell.difference;
  if (difference.n < 2 || !all_there(cell)) return "-";
  if (std::abs(difference.mean) <= difference.half_width) return "not told apart";
  return is_better(*cell.ours.front().form->metric, difference.mean, 0) ? "better" : "worse";
}

metrics::Table table_of(const ReproductionReport& report) {
  const bool runs_known = std::ranges::any_of(
      report.cells, [](const ReproducedCell& cell) { return cell.paper_runs > 0; });
  std::vector<std::string> header{report.table, "arm", "paper"};
  if (runs_known) header.push_back("as many of ours");
  header.push_back(ours_title(report));
  const std::vector<const ScoreForm*> forms = forms_of(report);
  for (const ScoreForm* form : forms) header.push_back(std::string(form->column));
  header.insert(header.end(), {"first arm - this, paired", "first arm is", "runs",
                               "ours beside the paper", "chosen on validation"});
  metrics::Table table(header);
  for (const ReproducedCell& cell : report.cells) {
    std::vector<std::string> cells{cell.row, cell.variant, of_paper(cell.paper)};
    if (runs_known) cells.push_back(shown_like_paper(cell));
    cells.push_back(shown(cell.ours.front().value));
    for (const ScoreForm* form : forms) cells.push_back(shown(value_of(cell, *form)));
    const std::string status = size_of(cell);
    cells.insert(cells.end(),
                 {shown(cell.difference, metrics::Sign::always), first_arm_is(cell),
                  shown_runs(cell), status.empty() ? verdict(cell) : status, cell.settings});
    table.add_row(std::move(cells));
  }
  return table;
}

std::string intervals_of(const ReproductionReport& report) {
  std::vector<std::string> kinds;
  for (const ReproducedCell& cell : report.cells) {
    if (cell.runs.size() > 1 && cell.trained) kinds.push_back(cell.over);
  }
  std::string text;
  for (const std::string& note : interval_notes(kinds)) text += "ours, " + note + "\n";
  return text;
}

std::string comparisons_of(const ReproductionReport& report) {
  std::string text;
  std::string before;
  for (const ReproducedCell& first : report.cells) {
    if (first.row == before) continue;
    before = first.row;
    std::string said;
    for (const auto& [verdict, words] :
         {std::pair("better", "better than"), std::pair("worse", "worse than"),
          std::pair("not told apart", "not told apart from")}) {
      const std::string arms = against(report, first.row, verdict);
      if (!arms.empty()) said += fmt::format("{}{} {}", said.empty() ? "" : "; ", words, arms);
    }
    if (said.empty()) continue;
    text += fmt::format("- {}: {} is {}\n", first.row, first.variant, said);
  }
  return text;
}

std::string means_of(const ReproductionReport& report) {
  std::string text;
  for (const ReproducedCell& cell : report.cells) {
    const std::string line = fmt::format("- {}: {}\n", cell.row, cell.means);
    if (text.find(line) == std::string::npos) text += line;
  }
  return text;
}

std::string left_out_of(const ReproductionReport& report) {
  if (report.left_out.empty()) return {};
  std::string rows;
  for (const std::string& row : report.left_out) rows += (rows.empty() ? "" : "; ") + row;
  return fmt::format("not decided by --quick: {}\n", rows);
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
    if (cell.runs.size() > 1 && cell.trained) json.set("interval", interval_is(cell.over));
    if (cell.paper_runs > 0) json.set("ours_as_many_runs_as_paper", interval(cell.like_paper));
    json.set("first_arm_is", first_arm_is(cell)).set("looks_beyond_one", cell.looks);
    json.set("verdict", verdict(cell)).set("status", cell.status);
    json.set("settings", cell.settings).set("means", cell.means);
    cells.push_back(json);
  }
  config::Json json = config::Json::object({{"table", report.table}, {"cells", cells}});
  if (report.left_out.empty()) return json;
  config::Json left_out = config::Json::array();
  for (const std::string& row : report.left_out) left_out.push_back(row);
  return json.set("left_out", left_out);
}

}  // namespace lacuna::experiments
