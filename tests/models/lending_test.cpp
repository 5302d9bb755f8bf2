#include <gtest/gtest.h>

#include "runtime/train/trainer.hpp"
#include "tests/models/configurations.hpp"
#include "tests/support/context.hpp"

/// Validation that takes the step's own codes.
namespace lacuna::testing {
namespace {

class Lending : public ::testing::TestWithParam<Device> {};

TEST_P(Lending, GivesTheBitsOfPredictionsOfOnesOwn) {
  LACUNA_NEED_DEVICE(GetParam());
  DeviceContext context(GetParam(), 2);
  const Configuration configuration = configurations().front();
  const DeviceRows rows = rows_of(context, configuration.rows);
  const auto model =
      models::make_model(context, configuration.model, facts_of(configuration.rows), 5);
  Predictor borrowing(context, *model, rows);
  Predictor own(context, *model, rows);
  int lent = 0;
  const Validate judge = [&](const EpochEnd& end) {
    const std::span<float> borrowed = borrowing.predict(end.steps);
    const std::span<float> computed = own.predict();
    EXPECT_EQ(std::vector(borrowed.begin(), borrowed.end()),
              std::vector(computed.begin(), computed.end()))
        << "epoch " << end.epoch;
    lent += end.steps != nullptr ? 1 : 0;
    return Validation{.scores = {{&metric::rmse, static_cast<double>(computed[0]), 1}},
                      .watched = static_cast<double>(computed[0])};
  };
  for (const int batch_size : {0, 10}) {
    const TrainConfig config{.epochs = 5,
                             .patience = 0,
                             .batch_size = batch_size,
                             .optimizer = AdamConfig{.learning_rate = 0.01},
                             .schedule = {},
                             .l2 = {}};
    Trainer(context, *model, config, rows, judge, 6).run({});
  }
  EXPECT_EQ(lent, 5) << "one batch of all rows lends, dealt ones do not";
}

INSTANTIATE_TEST_SUITE_P(Devices, Lending,
                         ::testing::Values(Device::cpu, Device::emulated, Device::cuda),
                         [](const auto& d) { return std::string(device_name(d.param)); });

}  // namespace
}  // namespace lacuna::testing
