#include "experiments/bench/cf_nade_step/cf_nade_step.hpp"

#include <memory>

#include "experiments/bench/training_step/step_benchmark.hpp"
#include "runtime/data/asked_rows.hpp"

namespace lacuna::experiments::bench {

namespace {

constexpr std::int64_t levels = 5;

models::CfNadeConfig model_of(const LevelStepShape& shape) {
  models::CfNadeConfig config;
  config.hidden_units = shape.ratings.units;
  config.input = models::SparsityNormalized{.k = models::NormalizationConstant::hidden_units};
  return config;
}

TrainConfig train_of(const LevelStepShape& shape) {
  return {.batch_size = shape.batch_rows,
          .optimizer = AdamConfig{.learning_rate = 0.001},
          .schedule = {},
          .l2 = {.lambda = 0.04, .on = {}},
          .weight_average = 0.995};
}

/// Made where it is run: the ratings are.
TimedStep timed(const LevelStepShape& shape) {
  const auto ratings =
      std::make_shared<const data::CsrArrays>(data::load(source_of(shape.ratings)).split.train);
  const std::int64_t n = shape.batch_rows, d = ratings->cols * levels, m = shape.ratings.units;
  return {.name = {},
          .what = {},
          .setup = {.model = model_of(shape),
                    .facts = {.columns = ratings->cols,
                              .mean_count = static_cast<double>(ratings->nnz()) /
                                            static_cast<double>(ratings->rows),
                              .entries = ratings},
                    .train = train_of(shape),
                    .rows =
                        [ratings](DeviceContext& context) {
                          return rows_from_themselves(upload(context, ratings));
                        }},
          .products = {{n, d, m}, {d, n, m}, {n, m, d}, {n, d, m}, {d, n, m}},
          .shape = config::Json::object({{"rows", ratings->rows},
                                         {"columns", ratings->cols},
                                         {"ratings", ratings->nnz()},
                                         {"levels", levels},
                                         {"units", shape.ratings.units},
                                         {"rows a batch", shape.batch_rows}})};
}

}  // namespace

Benchmark cf_nade_step(const LevelStepShape& shape) {
  Benchmark benchmark = step_benchmark(
      {.name = "cf_nade_step",
       .what = "a training step of CF-NADE with Adam and an average of the weights, and the "
               "products alone that a dense one has",
       .setup = {},
       .products = {},
       .shape = {}});
  benchmark.run = [shape](const Settings& settings) {
    return step_benchmark(timed(shape)).run(settings);
  };
  return benchmark;
}

}  // namespace lacuna::experiments::bench
