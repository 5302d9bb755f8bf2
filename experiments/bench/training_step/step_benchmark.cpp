#include "experiments/bench/training_step/step_benchmark.hpp"

#include <optional>

namespace lacuna::experiments::bench {

namespace {

/// One run of the benchmark: only what the wanted sides need is made.
class Steps {
 public:
  Steps(const TimedStep& step, const Settings& settings)
      : shape_(step.shape),
        repetitions_(settings.repetitions),
        context_(settings.device, settings.threads) {
    const auto add = [&](std::string name, std::function<void()> run) {
      sides_.push_back({.name = std::move(name),
                        .run = std::move(run),
                        .device = &context_.runtime(),
                        .operations = operations(step.products)});
    };
    if (settings.wants("ours")) {
      ours_.emplace(context_, step.setup);
      add("ours", [this] { ours_->run(); });
    }
    if (settings.wants("matmul")) {
      matmul_.emplace(context_, step.products);
      add("matmul", [this] { matmul_->run(); });
    }
  }

  Report run() {
    Report report;
    report.shape = shape_;
    report.samples = measure(sides_, repetitions_);
    if (ours_ && matmul_) {
      report.results.push_back(
          {"ours_over_products", "time of the step over its products alone",
           *median_seconds(report.samples, "ours") / *median_seconds(report.samples, "matmul"),
           "x"});
    }
    return report;
  }

 private:
  config::Json shape_;
  int repetitions_;
  DeviceContext context_;
  std::optional<TrainingStep> ours_;
  std::optional<ProductCeiling> matmul_;
  std::vector<TimedSide> sides_;
};

}  // namespace

Benchmark step_benchmark(const TimedStep& step) {
  return {.name = step.name,
          .what = step.what,
          .threads = 2,
          .sides = {"ours", "matmul"},
          .run = [step](const Settings& settings) { return Steps(step, settings).run(); },
          .on_every_device = true};
}

}  // namespace lacuna::experiments::bench
