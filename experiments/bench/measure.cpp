#include "experiments/bench/measure.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <limits>

namespace lacuna::experiments::bench {

namespace {

/// Keeps the repetitions' times instead of printing them.
class Collector : public benchmark::BenchmarkReporter {
 public:
  explicit Collector(std::vector<Sample>& samples) : samples_(samples) {}

  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type != Run::RT_Iteration || run.error_occurred) continue;
      const auto sample = std::ranges::find(samples_, run.run_name.function_name, &Sample::side);
      if (sample == samples_.end()) continue;
      sample->seconds.push_back(run.real_accumulated_time / static_cast<double>(run.iterations));
    }
  }

 private:
  std::vector<Sample>& samples_;
};

/// The library takes its settings as a program's arguments only.
void set_flags() {
  std::string program = "lacuna";
  std::string interleaving = "--benchmark_enable_random_interleaving=true";
  std::array<char*, 3> arguments{program.data(), interleaving.data(), nullptr};
  int count = 2;
  benchmark::Initialize(&count, arguments.data());
}

bool by_wall_clock(const TimedSide& side) {
  return side.device == nullptr && !side.seconds;
}

/// Calls of a side in one repetition; the first call here warms it up.
int calls_of(const TimedSide& side) {
  if (side.seconds) {
    side.seconds();
    return 1;
  }
  side.run();
  if (side.device == nullptr) return 1;
  constexpr double least = 1e-3;
  return static_cast<int>(
      std::clamp(std::ceil(least / std::max(side.device->seconds(side.run), 1e-9)), 1.0, 1000.0));
}

/// One repetition by the device's clock, in seconds a call.
double repeat(const TimedSide& side, int calls) {
  if (side.seconds) return side.seconds();
  return side.device->seconds([&] {
    for (int i = 0; i < calls; ++i) side.run();
  }) / calls;
}

}  // namespace

std::vector<Sample> measure(const std::vector<TimedSide>& sides, int repetitions) {
  std::vector<Sample> samples;
  std::exception_ptr failure;
  benchmark::ClearRegisteredBenchmarks();
  for (const TimedSide& side : sides) {
    samples.push_back({side.name, {}, side.bytes, side.operations, side.rotated});
    const int calls = calls_of(side);
    if (repetitions == 0) continue;
    const auto run = [&, calls](benchmark::State& state) {
      for ([[maybe_unused]] auto _ : state) {
        if (failure) continue;
        try {
          if (by_wall_clock(side)) {
            side.run();
          } else {
            state.SetIterationTime(repeat(side, calls));
          }
        } catch (...) {  // the library's own frames are not written for exceptions
          failure = std::current_exception();
        }
      }
    };
    auto* registered = benchmark::RegisterBenchmark(side.name.c_str(), run);
    registered->Iterations(1)->Repetitions(repetitions);
    by_wall_clock(side) ? registered->UseRealTime() : registered->UseManualTime();
  }
  if (repetitions == 0) return samples;
  set_flags();
  Collector collector(samples);
  benchmark::RunSpecifiedBenchmarks(&collector, ".");
  benchmark::ClearRegisteredBenchmarks();
  if (failure) std::rethrow_exception(failure);
  return samples;
}

Spread spread_of(std::span<const double> values) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (values.empty()) return {none, none, none};
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  const std::size_t half = sorted.size() / 2;
  const double median =
      sorted.size() % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  return {median, sorted.front(), sorted.back()};
}

std::optional<double> median_seconds(const std::vector<Sample>& samples, std::string_view side) {
  const auto sample = std::ranges::find(samples, side, &Sample::side);
  if (sample == samples.end()) return std::nullopt;
  return spread_of(sample->seconds).median;
}

}  // namespace lacuna::experiments::bench
