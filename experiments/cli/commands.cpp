#include "experiments/cli/commands.hpp"

#include <fmt/format.h>

#include "experiments/bench/benchmarks.hpp"
#include "experiments/cli/device_info.hpp"
#include "experiments/experiment.hpp"
#include "experiments/report/report.hpp"
#include "experiments/run/launch.hpp"
#include "experiments/run/task_cache.hpp"
#include "runtime/config/schema.hpp"
#include "runtime/error.hpp"
#include "runtime/io/atomic_file.hpp"
#include "runtime/system/environment.hpp"

namespace lacuna::experiments {

namespace {

/// The file with the command line's changes; its options count as the last of them.
Plan plan_of(const CommandOptions& options) {
  std::vector<std::string> overrides = options.overrides;
  if (options.device) overrides.push_back("device=" + config::dump(*options.device, 0));
  if (options.threads) overrides.push_back(fmt::format("threads={}", *options.threads));
  return load_plan(options.file, overrides);
}

void print(const config::Json& json) {
  fmt::print("{}\n", config::dump(json));
}

/// Everything short of training: the ratings are read and split, too.
void dry_run(const Plan& plan) {
  DeviceContext context(choose_device(plan.device), thread_count(plan.threads));
  TaskCache tasks(context);
  for (const Variant& variant : plan.variants) {
    const RatingTask& task = tasks.load(variant.experiment.data).task;
    fmt::print("{}: {} rows x {} columns, {} training ratings\n",
               variant.name.empty() ? plan.name : variant.name, task.train().rows(),
               task.train().cols(), task.train().nnz());
  }
  fmt::print("{} variant(s) x {} seed(s) on device {}; nothing trained\n", plan.variants.size(),
             plan.seeds.size(), device_name(context.device()));
}

void print_report(const LaunchReport& report, bool json) {
  if (json) {
    config::Json all = to_json(report.results);
    all.set("folder", report.folder.string());
    all.set("picture", report.picture ? config::Json(report.picture->string()) : config::Json());
    return print(all);
  }
  fmt::print("{}\nresults: {}\n", table(report.results), report.folder.string());
  if (report.picture) fmt::print("picture: {}\n", report.picture->string());
}

}  // namespace

int train_command(const CommandOptions& options) {
  const Plan plan = plan_of(options);
  if (options.dry_run) {
    dry_run(plan);
    return 0;
  }
  const LaunchReport report = train(plan, {.quiet = options.quiet || options.json,
                                           .verbose = options.verbose,
                                           .command_line = options.command_line});
  print_report(report, options.json);
  return report.interrupted ? static_cast<int>(ExitCode::interrupted) : 0;
}

int evaluate_command(const CommandOptions& options) {
  const Results results =
      evaluate(options.file, options.device.value_or("auto"), options.threads.value_or(0));
  if (options.json) {
    print(to_json(results));
  } else {
    fmt::print("{}", table(results));
  }
  return 0;
}

int report_command(const CommandOptions& options) {
  const report::WrittenReport written =
      report::write_report({options.runs.begin(), options.runs.end()}, options.output);
  if (!written.problem.empty()) fmt::print(stderr, "no charts: {}\n", written.problem);
  fmt::print("{}\n", written.file.string());
  return 0;
}

int validate_command(const CommandOptions& options) {
  load_plan(options.file, options.overrides);
  fmt::print("{}: ok\n", options.file);
  return 0;
}

int schema_command(const CommandOptions& options) {
  if (options.text) {
    fmt::print("{}", config::describe<Experiment>());
  } else {
    print(config::schema<Experiment>("lacuna experiment"));
  }
  return 0;
}

int bench_command(const CommandOptions& options) {
  const std::vector<bench::Benchmark> selected = bench::select(bench::benchmarks(), options.filter);
  if (options.list) {
    fmt::print("{}", bench::list(selected));
    return 0;
  }
  const Device device = choose_device(options.device.value_or("cpu"));
  config::Json reports = config::Json::array();
  bool passed = true;
  for (const bench::Benchmark& benchmark : selected) {
    if (!options.json) fmt::print(stderr, "{} is running ...\n", benchmark.name);
    const bench::Report report =
        bench::run(benchmark, options.threads, options.repetitions, device);
    passed = passed && report.passed();
    reports.push_back(to_json(report));
    if (!options.json) fmt::print("{}\n", bench::text(report));
  }
  const config::Json all = config::Json::object(
      {{"environment", system::environment(options.command_line)}, {"benchmarks", reports}});
  if (options.json) print(all);
  if (options.save) io::write_file_atomically(*options.save, config::dump(all) + '\n');
  return passed ? 0 : static_cast<int>(ExitCode::internal);
}

int info_command(const CommandOptions& options) {
  config::Json info = system::environment({});
  config::Json devices = config::Json::object();
  std::string lines;
  for (const Device device : {Device::cpu, Device::cuda, Device::emulated}) {
    DeviceReport report = device_report(device);
    if (device == Device::emulated) report.toolkit = report.driver = "";  // neither is there
    devices.set(device_name(device), to_json(report));
    lines += fmt::format("device {:<8} {}", device_name(device), text(report));
  }
  if (options.json) {
    info.set("devices", devices);
    print(info);
    return 0;
  }
  for (const config::Json::Member& member : info.as_object()) {
    fmt::print("{:<15} {}\n", member.key,
               member.value.is_string() ? member.value.as_string() : config::dump(member.value, 0));
  }
  fmt::print("{}", lines);
  return 0;
}

}  // namespace lacuna::experiments
