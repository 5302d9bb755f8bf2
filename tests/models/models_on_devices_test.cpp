#include <gtest/gtest.h>

#include <cmath>

#include "runtime/error.hpp"
#include "runtime/train/trainer.hpp"
#include "tests/models/configurations.hpp"
#include "tests/support/context.hpp"

namespace lacuna::testing {
namespace {

/// What a training leaves: the loss of each epoch, its score and the weights.
struct Trained {
  std::vector<double> losses;
  std::vector<double> validation;
  std::vector<std::vector<float>> weights;
};

Trained train(Device device, const Configuration& configuration, const TrainConfig& config) {
  DeviceContext context(device, 2);
  const DeviceRows rows = rows_of(context, configuration.rows);
  const auto model =
      models::make_model(context, configuration.model, facts_of(configuration.rows), 5);
  Trainer trainer(context, *model, config, rows, mean_square_of(context, *model, rows), 6);
  Trained result;
  trainer.run({.epoch =
                   [&](const EpochReport& report) {
                     result.losses.push_back(report.losses.at(0).value);
                     result.validation.push_back(report.validation.at(0).value);
                     if (report.epoch < config.epochs) return;
                     for (const Parameter* parameter : model->parameters()) {
                       result.weights.push_back(parameter->value.to_host<float>());
                     }
                   },
               .should_continue = {}});
  return result;
}

TrainConfig config_of(const OptimizerConfig& optimizer, int batch_size, int epochs) {
  return {.epochs = epochs,
          .patience = 0,
          .batch_size = batch_size,
          .optimizer = optimizer,
          .schedule = {},
          .largest_gradient_norm = 1e3,
          .l2 = {.lambda = 0.1, .on = {}}};
}

SgdConfig small_steps(const Configuration& configuration) {
  const bool sums = configuration.rows == Configuration::Rows::sparse;
  return {.learning_rate = sums ? 1e-4 : 0.05, .momentum = 0.9};
}

class OnDevices : public ::testing::TestWithParam<std::tuple<Device, Configuration>> {
 protected:
  Device device() const { return std::get<0>(GetParam()); }
  const Configuration& configuration() const { return std::get<1>(GetParam()); }
};

TEST_P(OnDevices, StepsAgreeWithTheCpuAndCapturedOnesWithLaunchedOnes) {
  LACUNA_NEED_DEVICE(device());
  for (const int batch_size : {0, 10}) {
    TrainConfig config = config_of(small_steps(configuration()), batch_size, 5);
    const Trained cpu = train(Device::cpu, configuration(), config);
    const Trained captured = train(device(), configuration(), config);
    config.cuda_graph = false;
    const Trained launched = train(device(), configuration(), config);
    EXPECT_EQ(captured.losses, launched.losses);
    EXPECT_EQ(captured.weights, launched.weights);
    ASSERT_EQ(captured.losses.size(), 5u);
    for (std::size_t i = 0; i < 5; ++i) {
      EXPECT_NEAR(captured.losses[i], cpu.losses[i], 1e-5 * std::abs(cpu.losses[i]))
          << "epoch " << i + 1;
      EXPECT_NEAR(captured.validation[i], cpu.validation[i], 1e-5 * cpu.validation[i]);
    }
    for (std::size_t p = 0; p < cpu.weights.size(); ++p) {
      float largest = 0;
      for (const float w : cpu.weights[p]) largest = std::max(largest, std::abs(w));
      for (std::size_t i = 0; i < cpu.weights[p].size(); ++i) {
        ASSERT_NEAR(captured.weights[p][i], cpu.weights[p][i], 1e-5 * largest)
            << "parameter " << p << " batch size " << batch_size;
      }
    }
  }
}

std::string test_name(const ::testing::TestParamInfo<std::tuple<Device, Configuration>>& info) {
  return std::string(device_name(std::get<0>(info.param))) + std::get<1>(info.param).name;
}

INSTANTIATE_TEST_SUITE_P(Devices, OnDevices,
                         ::testing::Combine(::testing::ValuesIn(accelerators),
                                            ::testing::ValuesIn(configurations())),
                         test_name);

class ADevice : public ::testing::TestWithParam<Device> {};

TEST_P(ADevice, WithAdamAndAScheduleCapturedStepsGiveTheBitsOfLaunchedOnes) {
  LACUNA_NEED_DEVICE(GetParam());
  TrainConfig config = config_of(AdamConfig{.learning_rate = 0.01}, 10, 6);
  config.schedule = StepSchedule{.every = 3};
  const Trained captured = train(GetParam(), configurations().front(), config);
  config.cuda_graph = false;
  const Trained launched = train(GetParam(), configurations().front(), config);
  EXPECT_EQ(captured.losses, launched.losses);
  EXPECT_EQ(captured.weights, launched.weights);
}

TEST_P(ADevice, ANonFiniteStepLeavesTheWeightsOfTheStepBefore) {
  LACUNA_NEED_DEVICE(GetParam());
  for (const bool capture : {true, false}) {
    DeviceContext context(GetParam(), 2);
    const Configuration configuration = configurations().front();
    const DeviceRows rows = rows_of(context, configuration.rows);
    const auto model =
        models::make_model(context, configuration.model, facts_of(configuration.rows), 5);
    TrainConfig config =
        config_of(SgdConfig{.learning_rate = 1e30}, 5, 10);  // the second overflows
    config.largest_gradient_norm = 0;
    config.cuda_graph = capture;
    Trainer trainer(context, *model, config, rows, {}, 6);
    EXPECT_THROW(trainer.run({}), NonFiniteError);
    for (const Parameter* parameter : model->parameters()) {
      for (const float w : parameter->value.to_host<float>()) {
        ASSERT_TRUE(std::isfinite(w)) << parameter->name;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Devices, ADevice, ::testing::ValuesIn(accelerators),
                         [](const auto& device) { return std::string(device_name(device.param)); });

}  // namespace
}  // namespace lacuna::testing
