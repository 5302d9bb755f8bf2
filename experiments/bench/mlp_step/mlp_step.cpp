#include "experiments/bench/mlp_step/mlp_step.hpp"

#include "experiments/bench/mlp_step/training_step.hpp"
#include "experiments/bench/product_ceiling.hpp"

namespace lacuna::experiments::bench {

namespace {

/// For each layer X W and X^T dZ, and dZ W^T for all but the first.
std::vector<ProductSize> products_of(const NetShape& shape) {
  std::vector<std::int64_t> units(shape.hidden.begin(), shape.hidden.end());
  units.push_back(shape.outputs);
  std::vector<ProductSize> products;
  std::int64_t inputs = shape.inputs;
  for (const std::int64_t outputs : units) {
    if (!products.empty()) products.push_back({shape.batch_rows, outputs, inputs});
    products.push_back({shape.batch_rows, inputs, outputs});
    products.push_back({inputs, shape.batch_rows, outputs});
    inputs = outputs;
  }
  return products;
}

config::Json json_of(const NetShape& shape) {
  config::Json layers = config::Json::array();
  layers.push_back(shape.inputs);
  for (const int units : shape.hidden) layers.push_back(units);
  layers.push_back(shape.outputs);
  return config::Json::object({{"layers", layers},
                               {"target", shape.classes ? "classes" : "numbers"},
                               {"rows a batch", shape.batch_rows}});
}

/// One run of the benchmark: only what the wanted sides need is made.
class Steps {
 public:
  Steps(const NetShape& shape, const Settings& settings)
      : shape_(shape),
        repetitions_(settings.repetitions),
        context_(settings.device, settings.threads) {
    const std::vector<ProductSize> products = products_of(shape);
    const auto add = [&](std::string name, std::function<void()> run) {
      sides_.push_back({.name = std::move(name),
                        .run = std::move(run),
                        .device = &context_.runtime(),
                        .operations = operations(products)});
    };
    if (settings.wants("ours")) {
      ours_.emplace(context_, shape);
      add("ours", [this] { ours_->run(); });
    }
    if (settings.wants("matmul")) {
      matmul_.emplace(context_, products);
      add("matmul", [this] { matmul_->run(); });
    }
  }

  Report run() {
    Report report;
    report.shape = json_of(shape_);
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
  NetShape shape_;
  int repetitions_;
  DeviceContext context_;
  std::optional<TrainingStep> ours_;
  std::optional<ProductCeiling> matmul_;
  std::vector<TimedSide> sides_;
};

Benchmark benchmark_of(std::string name, std::string what, const NetShape& shape) {
  return {.name = std::move(name),
          .what = std::move(what),
          .threads = 2,
          .sides = {"ours", "matmul"},
          .run = [shape](const Settings& settings) { return Steps(shape, settings).run(); },
          .on_every_device = true};
}

}  // namespace

Benchmark mlp_step(const NetShape& shape) {
  return benchmark_of("mlp_step", "a training step of an MLP with Adam, and its products alone",
                      shape);
}

Benchmark mlp_step_table(const NetShape& shape) {
  return benchmark_of("mlp_step_table",
                      "a training step of a small MLP on a table's rows, which is mostly overhead",
                      shape);
}

}  // namespace lacuna::experiments::bench
