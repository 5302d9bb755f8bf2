#include "experiments/bench/code_steps/code_steps.hpp"

#include "experiments/bench/training_step/step_benchmark.hpp"
#include "runtime/data/random_sequence.hpp"

namespace lacuna::experiments::bench {

namespace {

/// Pixels from 0 to 1, most of them 0, as those of digits; `binary`: zeros and ones.
DeviceRows pixels(DeviceContext& context, const CodeShape& shape, bool binary = false) {
  DeviceRows rows{.rows = shape.batch_rows * shape.batches, .fields = {}};
  data::RandomSequence random({net_seed, 0, 0});
  std::vector<float> values(static_cast<std::size_t>(rows.rows * shape.inputs));
  for (float& value : values) {
    const double drawn = random.uniform();
    value = static_cast<float>(drawn < 0.8 ? 0 : binary ? 1 : 5 * (drawn - 0.8));
  }
  rows.set("input", numbers(context, {rows.rows, shape.inputs}, values));
  return rows;
}

TimedStep timed(std::string name, std::string what, const CodeShape& shape,
                models::ModelConfig model, const OptimizerConfig& optimizer) {
  const auto batch = static_cast<int>(shape.batch_rows);
  return {
      .name = std::move(name),
      .what = std::move(what),
      .setup = {.model = std::move(model),
                .facts = {.columns = shape.inputs,
                          .mean_count = static_cast<double>(shape.inputs),
                          .most = 1},
                .train = {.batch_size = batch, .optimizer = optimizer, .schedule = {}, .l2 = {}},
                .rows = [shape](DeviceContext& context) { return pixels(context, shape); }},
      .products = {},
      .shape = config::Json::object(
          {{"inputs", shape.inputs}, {"units", shape.units}, {"rows a batch", shape.batch_rows}})};
}

}  // namespace

Benchmark rbm_step(const CodeShape& shape) {
  models::RbmConfig model;
  model.hidden_units = shape.units;
  TimedStep step = timed("rbm_step", "a CD-1 step of an RBM, and its products alone", shape, model,
                         SgdConfig{.learning_rate = 0.01, .momentum = 0.5});
  const std::int64_t n = shape.batch_rows, d = shape.inputs, m = shape.units;
  step.products = {{n, d, m}, {n, m, d}, {n, d, m}, {d, n, m}, {d, n, m}};
  return step_benchmark(step);
}

Benchmark autoencoder_step(const CodeShape& shape) {
  models::AutoencoderConfig model;
  model.hidden_units = shape.units;
  model.decoder = Activation::sigmoid;
  model.loss = models::ReconstructionLoss::cross_entropy;
  TimedStep step = timed("autoencoder_step",
                         "a training step of a tied autoencoder with Adam, and its products alone",
                         shape, model, AdamConfig{.learning_rate = 0.001});
  const std::int64_t n = shape.batch_rows, d = shape.inputs, m = shape.units;
  step.products = {{n, d, m}, {n, m, d}, {n, d, m}, {d, n, m}, {d, n, m}};
  return step_benchmark(step);
}

Benchmark made_step(const CodeShape& shape) {
  models::MadeConfig model;
  model.layers = {{.units = shape.units}};
  TimedStep step = timed("made_step", "a training step of a MADE with Adam, and its products alone",
                         shape, model, AdamConfig{.learning_rate = 0.001});
  step.setup.facts.binary = true;
  step.setup.rows = [shape](DeviceContext& context) { return pixels(context, shape, true); };
  const std::int64_t n = shape.batch_rows, d = shape.inputs, m = shape.units;
  step.products = {{n, d, m}, {n, m, d}, {n, d, m}, {d, n, m}, {m, n, d}};
  return step_benchmark(step);
}

}  // namespace lacuna::experiments::bench
