#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiments/bench/measure.hpp"
#include "runtime/config/json.hpp"

namespace lacuna::experiments::bench {

/// What a result has to reach, and what it means when it does not.
struct Bound {
  enum class Kind { at_least, at_most };
  Kind kind = Kind::at_least;
  double limit = 0;
  std::string missed;

  bool holds(double value) const;
};

/// A number that follows from the times.
struct Result {
  std::string key;   ///< in JSON
  std::string what;  ///< in the table
  double value = 0;
  std::string unit;
  std::optional<Bound> bound = {};
};

/// What one benchmark measured.
struct Report {
  std::string name;
  Device device = Device::cpu;
  int threads = 0;
  int repetitions = 0;
  config::Json shape;  ///< an object: the benchmark's sizes
  std::vector<Sample> samples;
  std::vector<Result> results;

  /// Whether every bound holds.
  bool passed() const;
};

/// For people: times (with rates, and what share of the side "copy" they reach, where a side says
/// what it moves or computes), results, and a line for each bound that is missed.
std::string text(const Report& report);

/// Medians, ends and all samples in milliseconds, results by key.
config::Json to_json(const Report& report);

}  // namespace lacuna::experiments::bench
