#include "experiments/bench/benchmark.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "experiments/run/launch.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments::bench {

namespace {

std::regex expression(const std::string& filter) {
  try {
    return std::regex(filter);
  } catch (const std::regex_error& error) {
    throw ConfigError(
        fmt::format("the filter {} is not a regular expression ({}); put a \\ before special "
                    "characters that are meant as they stand",
                    config::in_quotes(filter), error.what()));
  }
}

}  // namespace

bool Settings::wants(std::string_view side) const {
  return std::ranges::find(sides, side) != sides.end();
}

std::vector<Benchmark> select(const std::vector<Benchmark>& benchmarks, const std::string& filter) {
  const std::regex wanted = expression(filter);
  std::vector<Benchmark> selected = benchmarks;
  for (Benchmark& benchmark : selected) {
    std::erase_if(benchmark.sides, [&](const std::string& side) {
      return !std::regex_search(benchmark.name + "/" + side, wanted);
    });
  }
  std::erase_if(selected, [](const Benchmark& benchmark) { return benchmark.sides.empty(); });
  if (selected.empty()) {
    throw ConfigError(fmt::format("no benchmark matches {}; there are\n{}",
                                  config::in_quotes(filter), list(benchmarks)));
  }
  return selected;
}

Report run(const Benchmark& benchmark, std::optional<int> threads, int repetitions, Device device) {
  if (device != Device::cpu && !benchmark.on_every_device) {
    throw ConfigError(fmt::format("the benchmark {} runs on the device 'cpu' only, not on '{}'",
                                  benchmark.name, device_name(device)));
  }
  const int used = thread_count(threads.value_or(benchmark.threads));
  Report report = benchmark.run({used, repetitions, benchmark.sides, device});
  report.name = benchmark.name;
  report.device = device;
  report.threads = used;
  report.repetitions = repetitions;
  return report;
}

std::string list(const std::vector<Benchmark>& benchmarks) {
  std::string text;
  for (const Benchmark& benchmark : benchmarks) {
    text += fmt::format("{}: {}\n", benchmark.name, benchmark.what);
    for (const std::string& side : benchmark.sides) {
      text += fmt::format("  {}/{}\n", benchmark.name, side);
    }
  }
  return text;
}

}  // namespace lacuna::experiments::bench
