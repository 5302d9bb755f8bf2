#include "experiments/reproduce/reproduce.hpp"

#include <fmt/format.h>

#include <cmath>
#include <regex>

#include "experiments/reproduce/shipped.hpp"
#include "experiments/run/launch_folder.hpp"
#include "experiments/sweep/sweep.hpp"
#include "runtime/data/locate.hpp"
#include "runtime/error.hpp"
#include "runtime/io/run_directory.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

namespace {

/// Generated ratings always are.
bool at_hand(const data::DataConfig& config) {
  return std::visit(
      [](const auto& source) {
        if constexpr (requires { source.path; }) {
          return fs::exists(data::resolve_path(source.path));
        } else {
          return true;
        }
      },
      config);
}

bool train_all(const Plan& plan, int jobs, LaunchOptions options) {
  options.keep_going = true;
  if (!plan.variants.front().experiment.sweep) {
    return !go_on(plan, begin_launch(plan), options).interrupted;
  }
  const StoredSweep sweep{begin_launch(plan, sweep_file), plan};
  return !resume_sweep(sweep, jobs, options).interrupted;
}

std::string chosen_for(const std::string& variant, const fs::path& folder) {
  for (const Choice& choice : stored_choices(folder)) {
    if (choice.arm == variant) return text(choice.changes);
  }
  return "";
}

/// What the files of its runs say of a variant.
ReproducedCell read_cell(const Plan& plan, const Variant& variant, const PaperConfig& paper) {
  const fs::path folder = *plan.output.dir;
  const fs::path launch = variant.experiment.sweep ? folder / "test" : folder;
  std::vector<double> all;
  std::vector<double> warm;
  for (const std::uint64_t seed : plan.seeds) {
    const auto run = stored_run(io::run_folder(launch, variant.name, seed));
    if (!run || !run->outcome.test) continue;
    all.push_back(run->outcome.test->rmse);
    warm.push_back(run->outcome.test->warm_rmse);
  }
  ReproducedCell cell{.row = paper.row,
                      .variant = variant.name,
                      .paper = paper.values.at(variant.name),
                      .ours = metrics::mean_interval(all),
                      .ours_warm = metrics::mean_interval(warm),
                      .settings = chosen_for(variant.name, folder),
                      .status = {}};
  if (all.empty()) {
    cell.status = at_hand(variant.experiment.data) ? "not run" : "no data at hand";
  } else if (all.size() < plan.seeds.size()) {
    cell.status = fmt::format("{} of {} runs", all.size(), plan.seeds.size());
  }
  return cell;
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
  return experiments;
}

std::string shown(const metrics::Interval& interval) {
  if (interval.n == 0) return "-";
  if (interval.n == 1) return fmt::format("{:.4f}", interval.mean);
  return fmt::format("{:.4f} +- {:.4f}", interval.mean, interval.half_width);
}

std::string shown(const PaperValue& value) {
  return value.interval ? fmt::format("{} +- {}", value.value, *value.interval)
                        : fmt::format("{}", value.value);
}

}  // namespace

ReproductionReport reproduce(const Reproduction& what, const LaunchOptions& options) {
  ReproductionReport report{.table = what.table, .cells = {}};
  for (const PaperExperiment& experiment : selected(what)) {
    Plan plan = load_plan(experiment.file, what.overrides);
    plan.output.dir = (fs::absolute(what.folder) / what.table / experiment.name).string();
    const bool run =
        what.train && !report.interrupted && at_hand(plan.variants.front().experiment.data);
    if (run) {
      options.remark(fmt::format("== {}", experiment.name));
      report.interrupted = !train_all(plan, what.jobs, options);
    }
    for (const Variant& variant : plan.variants) {
      const PaperConfig& paper = *variant.experiment.paper;
      if (paper.values.contains(variant.name)) {
        report.cells.push_back(read_cell(plan, variant, paper));
      }
    }
  }
  return report;
}

std::string verdict(const ReproducedCell& cell) {
  if (cell.ours.n < 2 || !cell.status.empty()) return "-";
  const double tolerance = std::hypot(cell.ours.half_width, cell.paper.interval.value_or(0));
  const double difference = cell.ours.mean - cell.paper.value;
  if (std::abs(difference) <= tolerance) return "equal";
  return difference < 0 ? "better" : "worse";
}

metrics::Table table_of(const ReproductionReport& report) {
  metrics::Table table({report.table, "variant", "paper", "ours, all pairs", "warm pairs", "runs",
                        "ours is", "chosen on validation"});
  for (const ReproducedCell& cell : report.cells) {
    table.add_row({cell.row, cell.variant, shown(cell.paper), shown(cell.ours),
                   shown(cell.ours_warm), std::to_string(cell.ours.n),
                   cell.status.empty() ? verdict(cell) : cell.status, cell.settings});
  }
  return table;
}

config::Json to_json(const ReproductionReport& report) {
  const auto interval = [](const metrics::Interval& of) {
    return config::Json::object({{"n", of.n}, {"mean", of.mean}, {"half_width_95", of.half_width}});
  };
  config::Json cells = config::Json::array();
  for (const ReproducedCell& cell : report.cells) {
    cells.push_back(config::Json::object(
        {{"row", cell.row},
         {"variant", cell.variant},
         {"paper", cell.paper.value},
         {"paper_interval",
          cell.paper.interval ? config::Json(*cell.paper.interval) : config::Json()},
         {"ours", interval(cell.ours)},
         {"ours_warm", interval(cell.ours_warm)},
         {"verdict", verdict(cell)},
         {"status", cell.status},
         {"settings", cell.settings}}));
  }
  return config::Json::object({{"table", report.table}, {"cells", cells}});
}

std::string list_tables() {
  std::string text;
  for (const PaperExperiment& experiment : paper_experiments()) {
    text += fmt::format("{:<24} {:<32} {}\n", experiment.table, experiment.name, experiment.row);
  }
  return text;
}

}  // namespace lacuna::experiments
