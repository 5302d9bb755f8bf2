#include "runtime/optim/weight_average.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/train/trainer.hpp"
#include "tests/support/bias_model.hpp"
#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"

namespace lacuna {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::FloatEq;

/// From 0 towards an entry of 1, half of the way at each step: 1/2, 3/4, 7/8.
class WeightAverageTest : public ::testing::Test {
 protected:
  /// The weight that each epoch was judged by.
  std::vector<float> judged(double decay) {
    std::vector<float> weights;
    const auto validate = [&](const EpochEnd&) {
      weights.push_back(model_.value());
      const double error = 1 - static_cast<double>(model_.value());
      return Validation{.scores = {{&metric::rmse, error, 1}}, .watched = error};
    };
    const TrainConfig config{.epochs = 3,
                             .optimizer = SgdConfig{.learning_rate = 0.25, .momentum = 0},
                             .schedule = {},
                             .l2 = {},
                             .weight_average = decay};
    Trainer trainer(context_, model_, config, testing::rows_of(entry_), validate, 1);
    trainer.run({});
    return weights;
  }

  DeviceContext context_ = testing::cpu_context();
  CsrMatrix entry_{
      context_.pool(),      1, 1, std::vector<std::int64_t>{0, 1}, std::vector<std::int32_t>{0},
      std::vector<float>{1}};
  testing::BiasModel model_{context_};
};

TEST_F(WeightAverageTest, IsWhatIsJudgedAndKept) {
  EXPECT_THAT(judged(0.999), ElementsAre(FloatEq(0.5f), FloatEq(1.25f / 2), FloatEq(2.125f / 3)));
  EXPECT_FLOAT_EQ(model_.value(), 2.125f / 3);
}

TEST_F(WeightAverageTest, ForgetsByItsDecay) {
  EXPECT_THAT(judged(0.5), ElementsAre(FloatEq(0.5f), FloatEq(0.625f), FloatEq(0.75f)));
}

TEST_F(WeightAverageTest, OfZeroIsNone) {
  EXPECT_THAT(judged(0), ElementsAre(FloatEq(0.5f), FloatEq(0.75f), FloatEq(0.875f)));
  EXPECT_FLOAT_EQ(model_.value(), 0.875f);
}

TEST_F(WeightAverageTest, WithoutAStepTheWeightsStay) {
  model_.value() = 0.25f;
  const TrainConfig config{
      .epochs = 0, .optimizer = SgdConfig(), .schedule = {}, .l2 = {}, .weight_average = 0.9};
  Trainer trainer(context_, model_, config, testing::rows_of(entry_), {}, 1);
  trainer.run({});
  EXPECT_EQ(model_.value(), 0.25f);
}

class WeightAverageOn : public ::testing::TestWithParam<Device> {};

TEST_P(WeightAverageOn, SwapsEveryParameter) {
  LACUNA_NEED_DEVICE(GetParam());
  DeviceContext context(GetParam(), 2);
  TrainingClock clock(context.pool(), 1);
  std::vector<Parameter> parameters;
  for (const std::int64_t size : {3, 5000, 1}) {
    parameters.push_back(
        make_parameter(context, DType::f32, std::to_string(size), ParameterKind::weight, {size}));
  }
  const auto fill = [&](float value) {
    for (Parameter& parameter : parameters) {
      const std::vector<float> values(static_cast<std::size_t>(parameter.value.size()), value);
      parameter.value.assign(std::as_bytes(std::span(values)));
    }
  };
  WeightAverage average(context, 0.5, {&parameters[0], &parameters[1], &parameters[2]});
  for (const std::int64_t step : {0, 1}) {
    fill(static_cast<float>(2 * step + 1));
    clock.prepare(context.exec(), {.step = step});
    average.step(clock);
  }
  for (const float expected : {2.0f, 3.0f}) {  // the mean of 1 and 3, then the weights again
    average.swap();
    for (const Parameter& parameter : parameters) {
      EXPECT_THAT(parameter.value.to_host<float>(), Each(expected));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Devices, WeightAverageOn,
                         ::testing::Values(Device::cpu, Device::emulated, Device::cuda),
                         [](const auto& test) { return std::string(device_name(test.param)); });

}  // namespace
}  // namespace lacuna
