#include "runtime/data/ratings/baselines.hpp"

#include "runtime/data/ratings/rating_stats.hpp"
#include "runtime/metrics/statistics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "runtime/data/ratings/split.hpp"
#include "runtime/data/ratings/synthetic.hpp"

namespace lacuna::data {
namespace {

using ::testing::ElementsAre;
using ::testing::FloatNear;
using ::testing::Pointwise;

const CsrArrays dense{2, 2, {0, 2, 4}, {0, 1, 0, 1}, {1, 2, 4, 5}};  // 3 + (-1.5, 1.5) + (-.5, .5)

TEST(Baselines, BiasesAreRecoveredAndShrunk) {
  EXPECT_THAT(predict(fit_biases(dense, 1e-9), dense), Pointwise(FloatNear(1e-5f), dense.value));
  const BiasModel damped = fit_biases(dense, 2);  // two ratings a row: half of the bias
  EXPECT_NEAR(damped.row[1], 0.75, 1e-12);
  EXPECT_NEAR(damped.col[0], -0.25, 1e-12);
}

TEST(Baselines, ColdRowsAndColumnsHaveNoBias) {
  const CsrArrays train{2, 2, {0, 1, 1}, {0}, {4}};
  const BiasModel model = fit_biases(train, 1);
  const CsrArrays cold{2, 2, {0, 0, 1}, {1}, {1}};
  EXPECT_THAT(predict(model, cold), ElementsAre(4.0f));
}

TEST(Baselines, BiasesMinimiseTheDampedSquares) {
  SyntheticSource source;
  source.users = 80;
  source.items = 50;
  source.ratings = 900;
  const CsrArrays train = split_ratings(generate_ratings(source), {Orientation::user}).train;
  const BiasModel model = fit_biases(train, 3);
  const auto objective = [&](const BiasModel& m) {
    const double error = metrics::rmse<float>(predict(m, train), train.value);
    double sum = error * error * static_cast<double>(train.nnz());
    for (const double b : m.row) sum += 3 * b * b;
    for (const double b : m.col) sum += 3 * b * b;
    return sum;
  };
  const double least = objective(model);
  for (const double step : {-0.05, 0.05}) {
    for (const std::size_t i : {std::size_t{0}, std::size_t{20}, std::size_t{49}}) {
      BiasModel row = model;
      row.row[i] += step;
      EXPECT_GT(objective(row), least);
      BiasModel col = model;
      col.col[i] += step;
      EXPECT_GT(objective(col), least);
    }
  }
}

TEST(Baselines, DampingIsChosenOnValidationAndBeatsTheMean) {
  const Split split = split_ratings(generate_ratings({}), {});
  const BiasModel model = fit_biases(split.train, split.validation);
  const double chosen =
      metrics::rmse<float>(predict(model, split.validation), split.validation.value);
  for (const double damping : {1.0, 3.0, 10.0, 30.0}) {
    const BiasModel other = fit_biases(split.train, damping);
    EXPECT_LE(chosen,
              metrics::rmse<float>(predict(other, split.validation), split.validation.value));
  }
  const std::vector<float> mean(split.test.value.size(),
                                static_cast<float>(rating_stats(split.train).mean));
  EXPECT_LT(metrics::rmse<float>(predict(model, split.test), split.test.value),
            metrics::rmse<float>(mean, split.test.value));
}

}  // namespace
}  // namespace lacuna::data
