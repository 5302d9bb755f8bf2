#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "experiments/bench/report.hpp"

namespace lacuna::experiments::bench {

/// How a benchmark is run.
struct Settings {
  int threads = 1;
  int repetitions = 20;
  std::vector<std::string> sides;  ///< those to be timed
  Device device = Device::cpu;

  bool wants(std::string_view side) const;
};

/// One benchmark: what it times side by side, and how. `run` sets up what the wanted sides need,
/// and gives shape, samples, and every result that follows from those sides.
struct Benchmark {
  std::string name;
  std::string what;
  int threads = 0;  ///< where the user names no number; 0: all that may be used
  std::vector<std::string> sides;
  std::function<Report(const Settings&)> run;
  bool on_every_device = false;  ///< else on the CPU only
};

/// The benchmarks with those sides whose "name/side" the regular expression `filter` (ECMAScript;
/// plain text is one, too) occurs in; empty: all. Throws ConfigError that lists the names where
/// there is none, or where `filter` is no regular expression.
std::vector<Benchmark> select(const std::vector<Benchmark>& benchmarks, const std::string& filter);

/// Runs all sides; without `threads`, on as many as the benchmark asks for. Throws ConfigError
/// where the benchmark does not run on the device.
Report run(const Benchmark& benchmark, std::optional<int> threads, int repetitions,
           Device device = Device::cpu);

/// Every "name/side", a line each, under a line of what the benchmark is.
std::string list(const std::vector<Benchmark>& benchmarks);

}  // namespace lacuna::experiments::bench
