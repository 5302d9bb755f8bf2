#include "experiments/cli/commands.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/bench/benchmarks.hpp"
#include "experiments/cli/device_info.hpp"
#include "experiments/experiment_json.hpp"
#include "experiments/plan.hpp"
#include "experiments/report/report.hpp"
#include "experiments/run/describe_data.hpp"
#include "experiments/run/failed_run.hpp"
#include "experiments/run/launch.hpp"
#include "experiments/run/predict.hpp"
#include "experiments/tasks/rows/encode_rows.hpp"
#include "runtime/error.hpp"
#include "runtime/io/atomic_file.hpp"
#include "runtime/io/home_path.hpp"
#include "runtime/system/environment.hpp"

namespace lacuna::experiments {

void print(const config::Json& json) {
  io::print(config::dump(json) + '\n');
}

int evaluate_command(const CommandOptions& options) {
  const LaunchReport report = evaluate(options.file, options.data, options.device.value_or("auto"),
                                       options.threads.value_or(0));
  if (options.json) {
    print(to_json(report.results));
  } else {
    print("{}", table(report.results));
  }
  return static_cast<int>(first_failure(report.failed));
}

int predict_command(const CommandOptions& options) {
  std::optional<std::filesystem::path> file;
  if (options.output) file = io::expand_home(*options.output);
  const std::unique_ptr<Predictions> predictions =
      predict(options.file, options.predict, file, options.data, options.device.value_or("auto"),
              options.threads.value_or(0));
  if (file) {
    io::write_file_atomically(*file, [&](const io::WriteText& write) {
      predictions->write(file->extension().string(), write);
    });
  }
  if (options.json) {
    print(predictions->json());
  } else if (file) {
    print("{} predictions: {}\n", predictions->count(), file->string());
  } else {
    print("{}", predictions->text());
  }
  return 0;
}

int encode_command(const CommandOptions& options) {
  const std::filesystem::path file = io::expand_home(options.output.value());
  if (file.extension() != ".npy") {
    throw ConfigError(fmt::format("--output {}: the name must end in .npy", file.string()));
  }
  const auto what =
      std::ranges::find(encodings, options.what, [](auto each) { return each.first; });
  const auto [rows, columns] =
      encode(options.file, options.predict, what->second, file, options.data,
             options.device.value_or("auto"), options.threads.value_or(0));
  print("{} rows x {} {}: {}\n", rows, columns, options.what, file.string());
  return 0;
}

int data_command(const CommandOptions& options) {
  const Plan plan = load_plan(options.file, options.overrides);
  const DataDescription data =
      describe_data(plan.variants.front().experiment, options.export_folder.has_value());
  print("{}", text(data));
  if (options.export_folder) {
    const std::filesystem::path folder = io::expand_home(*options.export_folder);
    std::filesystem::create_directories(folder);
    for (const NamedFile& file : data.exported) {
      io::write_file_atomically(folder / file.name, file.text);
      print("{}\n", (folder / file.name).string());
    }
  }
  if (!options.output) return 0;
  const std::filesystem::path folder = io::expand_home(*options.output);
  const std::string problem = write_histogram(data, folder);
  if (!problem.empty()) io::say(fmt::format("no picture: {}\n", problem));
  print("{}\n", (folder / "non_zeros.csv").string());
  return 0;
}

int report_command(const CommandOptions& options) {
  const report::WrittenReport written =
      report::write_report({options.runs.begin(), options.runs.end()}, options.output.value_or(""));
  for (const std::string& why : written.left_out) io::say(fmt::format("left out: {}\n", why));
  if (!written.problem.empty()) io::say(fmt::format("no charts: {}\n", written.problem));
  print("{}\n", written.file.string());
  return 0;
}

int validate_command(const CommandOptions& options) {
  load_plan(options.file, options.overrides);
  print("{}: ok\n", options.file);
  return 0;
}

int schema_command(const CommandOptions& options) {
  if (options.text) {
    print("{}", experiment_keys());
  } else {
    print(experiment_schema());
  }
  return 0;
}

int bench_command(const CommandOptions& options) {
  const auto sizes = options.tiny ? bench::Sizes::tiny : bench::Sizes::usual;
  const std::vector<bench::Benchmark> selected =
      bench::select(bench::benchmarks(sizes), options.filter);
  if (options.list) {
    print("{}", bench::list(selected));
    return 0;
  }
  const Device device = choose_device(options.device.value_or("cpu"));
  config::Json reports = config::Json::array();
  bool passed = true;
  for (const bench::Benchmark& benchmark : selected) {
    if (!options.json) io::say(fmt::format("{} is running ...\n", benchmark.name));
    const bench::Report report =
        bench::run(benchmark, options.threads, options.profile ? 0 : options.repetitions, device);
    if (options.profile) continue;
    passed = passed && report.passed();
    reports.push_back(to_json(report));
    if (!options.json) print("{}\n", bench::text(report));
  }
  const config::Json all =
      config::Json::object({{"environment", system::environment(options.command_line)},
                            {"tiny", options.tiny},
                            {"benchmarks", reports}});
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
    print("{:<15} {}\n", member.key,
          member.value.is_string() ? member.value.as_string() : config::dump(member.value, 0));
  }
  print("{}", lines);
  return 0;
}

}  // namespace lacuna::experiments
