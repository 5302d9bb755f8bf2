#include "experiments/reproduce/reproduce.hpp"

#include <fmt/format.h>

#include <map>
#include <regex>

#include "experiments/reproduce/shipped.hpp"
#include "experiments/run/launch_folder.hpp"
#include "experiments/sweep/sweep.hpp"
#include "runtime/config/write.hpp"
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

using TestErrors = std::map<std::uint64_t, TestError>;  ///< by seed

TestErrors test_errors(const Plan& plan, const Variant& variant) {
  const fs::path folder = *plan.output.dir;
  const fs::path launch = variant.experiment.sweep ? folder / "test" : folder;
  TestErrors errors;
  for (const std::uint64_t seed : plan.seeds) {
    const auto run = stored_run(io::run_folder(launch, variant.name, seed));
    if (run && run->outcome.test) errors[seed] = *run->outcome.test;
  }
  return errors;
}

/// Whether the test errors of two variants are of the same predictions.
bool comparable(const Experiment& a, const Experiment& b) {
  return config::to_json(a.data) == config::to_json(b.data) &&
         config::to_json(a.evaluate) == config::to_json(b.evaluate);
}

metrics::Interval paired_difference(const Plan& plan, const Variant& variant) {
  const Variant& first = plan.variants.front();
  std::vector<double> differences;
  if (&variant != &first && comparable(first.experiment, variant.experiment)) {
    const TestErrors errors = test_errors(plan, variant);
    for (const auto& [seed, error] : test_errors(plan, first)) {
      const auto other = errors.find(seed);
      if (other != errors.end()) differences.push_back(error.rmse - other->second.rmse);
    }
  }
  return metrics::mean_interval(differences);
}

/// What the files of its runs say of a variant.
ReproducedCell read_cell(const Plan& plan, const Variant& variant, const PaperConfig& paper) {
  std::vector<double> all;
  std::vector<double> warm;
  for (const auto& [seed, error] : test_errors(plan, variant)) {
    all.push_back(error.rmse);
    warm.push_back(error.warm_rmse);
  }
  ReproducedCell cell{.row = paper.row,
                      .variant = variant.name,
                      .paper = paper.values.at(variant.name),
                      .ours = metrics::mean_interval(all),
                      .ours_warm = metrics::mean_interval(warm),
                      .difference = paired_difference(plan, variant),
                      .settings = chosen_for(variant.name, *plan.output.dir),
                      .status = {},
                      .means = variant.experiment.description};
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

std::string list_tables() {
  std::string text;
  for (const PaperExperiment& experiment : paper_experiments()) {
    text += fmt::format("{:<24} {:<32} {}\n", experiment.table, experiment.name, experiment.row);
  }
  return text;
}

}  // namespace lacuna::experiments
