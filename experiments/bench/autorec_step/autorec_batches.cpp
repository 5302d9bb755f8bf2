#include "experiments/bench/autorec_step/autorec_batches.hpp"

#include <chrono>
#include <list>

#include "experiments/bench/copy_ceiling.hpp"
#include "experiments/bench/training_step/training_step.hpp"

namespace lacuna::experiments::bench {

namespace {

struct Side {
  const char* name;
  bool mini_batches;
  bool captured;
};
constexpr std::array sides{
    Side{"full_batch", false, true}, Side{"full_batch_launched", false, false},
    Side{"mini_batch", true, true}, Side{"mini_batch_launched", true, false}};

/// What a queue of steps waits behind, so that the host has put all of them before the first runs.
constexpr std::int64_t ahead_bytes = std::int64_t{64} << 20;
constexpr int copies_ahead = 400;  // 13 ms of a GPU that copies 4 TB/s

StepSetup setup_of(const BatchesShape& shape, const StepData& data, const Side& side) {
  TrainConfig train = step_config();
  train.batch_size = side.mini_batches ? shape.batch_rows : 0;
  train.cuda_graph = side.captured;
  return {.model = model_of(shape.ratings),
          .facts = data.facts(),
          .train = train,
          .rows = [&data](DeviceContext&) { return data.rows; }};
}

/// A side's steps, in repetitions of whole epochs.
class Steps {
 public:
  Steps(DeviceContext& context, const BatchesShape& shape, const StepData& data, const Side& side)
      : context_(context),
        step_(context, setup_of(shape, data, side)),
        epochs_((shape.steps + step_.batches() - 1) / step_.batches()) {
    // Work of each size is captured at its third time; the last batch of an epoch is smaller.
    for (int epoch = 0; epoch < 3; ++epoch) step_.run_epoch();
  }

  double wall_seconds() {
    const auto start = std::chrono::steady_clock::now();
    for (std::int64_t i = 0; i < epochs_; ++i) step_.run_epoch();
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    return taken.count() / static_cast<double>(steps());
  }

  double device_seconds(CopyCeiling* ahead) {
    for (int i = 0; ahead != nullptr && i < copies_ahead; ++i) ahead->run();
    const double taken = context_.runtime().seconds([&] {
      for (std::int64_t i = 0; i < steps(); ++i) step_.run();
    });
    return taken / static_cast<double>(steps());
  }

 private:
  std::int64_t steps() const { return epochs_ * step_.batches(); }

  DeviceContext& context_;
  TrainingStep step_;
  std::int64_t epochs_;
};

/// One run of the benchmark: only what the wanted sides need is made.
class BatchSteps {
 public:
  BatchSteps(const BatchesShape& shape, const Settings& settings)
      : shape_(shape),
        settings_(settings),
        context_(settings.device, settings.threads),
        data_(context_, shape.ratings) {
    if (context_.device() == Device::cuda) ahead_.emplace(context_, ahead_bytes);
    for (const Side& side : sides) {
      if (settings.wants(side.name)) add(side);
    }
  }

  Report run() {
    Report report;
    report.shape = config::Json::object({{"rows", data_.train.rows()},
                                         {"columns", data_.train.cols()},
                                         {"ratings", data_.train.nnz()},
                                         {"units", shape_.ratings.units},
                                         {"rows a batch", shape_.batch_rows}});
    report.samples = measure(timed_, settings_.repetitions);
    for (const Side& side : sides) {
      if (!settings_.wants(side.name)) continue;
      const std::string name = side.name;
      const double busy =
          *median_seconds(report.samples, name + " device") / *median_seconds(report.samples, name);
      report.results.push_back(
          {name + "_busy", name + ": share of the time that the device works", busy, ""});
    }
    return report;
  }

 private:
  void add(const Side& side) {
    Steps& steps = steps_.emplace_back(context_, shape_, data_, side);
    const std::string name = side.name;
    timed_.push_back({.name = name, .run = {}, .seconds = [&] { return steps.wall_seconds(); }});
    timed_.push_back({.name = name + " device", .run = {}, .seconds = [this, &steps] {
                        return steps.device_seconds(ahead_ ? &*ahead_ : nullptr);
                      }});
  }

  BatchesShape shape_;
  Settings settings_;
  DeviceContext context_;
  StepData data_;
  std::optional<CopyCeiling> ahead_;
  std::list<Steps> steps_;  // they do not move
  std::vector<TimedSide> timed_;
};

}  // namespace

Benchmark autorec_batches(const BatchesShape& shape) {
  std::vector<std::string> names;
  for (const Side& side : sides) names.emplace_back(side.name);
  return {.name = "autorec_batches",
          .what =
              "AutoRec's training step on a full batch and on mini-batches, captured and "
              "launched, on any device",
          .threads = 2,
          .sides = std::move(names),
          .run = [shape](const Settings& settings) { return BatchSteps(shape, settings).run(); },
          .on_every_device = true};
}

}  // namespace lacuna::experiments::bench
