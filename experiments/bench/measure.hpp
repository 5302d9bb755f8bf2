#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernels/core/device_runtime.hpp"

namespace lacuna::experiments::bench {

/// Something that is timed against others: one call of `run` is one repetition.
struct TimedSide {
  std::string name;
  std::function<void()> run;
  /// Whose clock counts. A repetition is then as many calls as take a millisecond, and its time is
  /// one call's, since a GPU is slow to start. nullptr: the wall clock, one call.
  DeviceRuntime* device = nullptr;
  double bytes = 0;       ///< moved by one call, by formula; 0: there is none
  double operations = 0;  ///< of floating point, likewise
  double rotated = 0;     ///< bytes of the buffers that calls take in turn; 0: they take the same
  /// A repetition by a clock of the side's own, in seconds a call; empty: those above count.
  std::function<double()> seconds = {};
};

/// Times of one side's repetitions, in seconds.
struct Sample {
  std::string side;
  std::vector<double> seconds;
  double bytes = 0;  ///< as in TimedSide
  double operations = 0;
  double rotated = 0;
};

/// Runs each side once to warm up, then `repetitions` times, all sides in turns of random order, so
/// that what else the machine does meets all of them. An exception of a side ends the measurement.
/// Without repetitions there are no times: each side of a device is run twice, for a profiler.
std::vector<Sample> measure(const std::vector<TimedSide>& sides, int repetitions);

/// The middle of a sample (the mean of the two middle ones where their number is even) and its
/// ends; NaN for no values.
struct Spread {
  double median = 0;
  double min = 0;
  double max = 0;
};
Spread spread_of(std::span<const double> values);

/// The median time of a side, or nothing where it was not measured.
std::optional<double> median_seconds(const std::vector<Sample>& samples, std::string_view side);

}  // namespace lacuna::experiments::bench
