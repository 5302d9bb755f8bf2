#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "runtime/train/trainer.hpp"
#include "tests/support/context.hpp"
#include "tests/support/dense.hpp"
#include "tests/toys/linear_regression.hpp"

/// The L2 penalty beside a loss that is a mean over rows.
namespace lacuna::testing {
namespace {

constexpr double lambda = 0.5;
constexpr double rate = 0.1;

/// The weight after so many steps, of inputs that are all 0: only the penalty moves it.
float decayed(int batch_rows, int epochs) {
  DeviceContext context = cpu_context();
  LinearRegression model(context, 1, DType::f32);
  Parameter& weight = *model.parameters()[0];
  const std::array first{2.0f};
  weight.value.assign(std::as_bytes(std::span(first)));
  DeviceRows data{.rows = 9, .fields = {}};
  for (const char* name : {"input", "target"}) {
    data.set(name, dense_field(context, 9, std::vector<float>(9), DType::f32));
  }
  const TrainConfig config{.epochs = epochs,
                           .patience = 0,
                           .batch_size = batch_rows,
                           .optimizer = SgdConfig{.learning_rate = rate, .momentum = 0},
                           .schedule = {},
                           .l2 = {.lambda = lambda, .on = {}, .decoupled = false}};
  Trainer(context, model, config, data, Validate(), 1).run({});
  return weight.value.to_host<float>().at(0);
}

TEST(Penalty, OfAMeanIsTheSameInEachStepWhateverItsRows) {
  const auto after = [](int steps) {
    return static_cast<float>(2 * std::pow(1 - rate * lambda, steps));
  };
  EXPECT_FLOAT_EQ(decayed(0, 6), after(6));
  EXPECT_FLOAT_EQ(decayed(4, 2), after(6)) << "three batches, the last of one row";
}

}  // namespace
}  // namespace lacuna::testing
