#include "experiments/bench/autoimpute_step/autoimpute_step.hpp"

#include "experiments/bench/training_step/step_benchmark.hpp"
#include "kernels/core/philox.hpp"
#include "runtime/data/asked_rows.hpp"
#include "runtime/data/upload.hpp"

namespace lacuna::experiments::bench {

namespace {

/// Values from 0 to 1 where a cell is observed.
data::CsrArrays rows_with_holes(const HoleShape& shape) {
  data::CsrArrays rows{
      .rows = shape.rows, .cols = shape.columns, .row_ptr = {0}, .col = {}, .value = {}};
  for (std::int64_t r = 0; r < shape.rows; ++r) {
    for (std::int64_t c = 0; c < shape.columns; ++c) {
      const auto word = philox({net_seed}, static_cast<std::uint64_t>(r * shape.columns + c));
      if (open_uniform(word[0]) >= shape.density) continue;
      rows.col.push_back(static_cast<std::int32_t>(c));
      rows.value.push_back(static_cast<float>(open_uniform(word[1])));
    }
    rows.row_ptr.push_back(rows.nnz());
  }
  return rows;
}

models::AutoImputeConfig model_of(const HoleShape& shape) {
  models::AutoImputeConfig config;
  config.hidden_units = shape.units;
  return config;
}

}  // namespace

Benchmark autoimpute_step(const HoleShape& shape) {
  const std::int64_t n = shape.rows, d = shape.columns, m = shape.units;
  return step_benchmark(
      {.name = "autoimpute_step",
       .what = "a full-batch training step of AutoImpute with RMSProp, and its products alone",
       .setup = {.model = model_of(shape),
                 .facts = {.columns = d, .mean_count = shape.density * static_cast<double>(d)},
                 .train = {.optimizer = RMSPropConfig{.learning_rate = 0.0001},
                           .schedule = {},
                           .l2 = {.lambda = 1, .on = {}}},
                 .rows =
                     [shape](DeviceContext& context) {
                       return rows_from_themselves(upload(context, rows_with_holes(shape)));
                     }},
       .products = {{n, d, m}, {n, m, d}, {d, n, m}, {n, d, m}, {d, n, m}},
       .shape = config::Json::object(
           {{"rows", n}, {"columns", d}, {"density", shape.density}, {"units", shape.units}})});
}

}  // namespace lacuna::experiments::bench
