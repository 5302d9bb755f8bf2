#include "experiments/bench/mlp_step/mlp_step.hpp"

#include "experiments/bench/mlp_step/net_rows.hpp"
#include "experiments/bench/training_step/step_benchmark.hpp"

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

TimedStep timed(std::string name, std::string what, const NetShape& shape) {
  return {.name = std::move(name),
          .what = std::move(what),
          .setup = setup_of(shape),
          .products = products_of(shape),
          .shape = json_of(shape)};
}

}  // namespace

StepSetup setup_of(const NetShape& shape) {
  return {.model = model_of(shape),
          .facts = facts_of(shape),
          .train = step_config(shape),
          .rows = [shape](DeviceContext& context) { return rows_of(context, shape); }};
}

Benchmark mlp_step(const NetShape& shape) {
  return step_benchmark(
      timed("mlp_step", "a training step of an MLP with Adam, and its products alone", shape));
}

Benchmark mlp_step_table(const NetShape& shape) {
  return step_benchmark(
      timed("mlp_step_table",
            "a training step of a small MLP on a table's rows, which is mostly overhead", shape));
}

}  // namespace lacuna::experiments::bench
