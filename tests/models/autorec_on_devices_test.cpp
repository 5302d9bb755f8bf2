#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <span>

#include "experiments/tasks/rating_prediction/prediction_rule.hpp"
#include "models/autorec.hpp"
#include "runtime/error.hpp"
#include "runtime/train/trainer.hpp"
#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"

namespace lacuna::models {
namespace {

/// What a training leaves: the loss of each epoch and the weights.
struct Trained {
  std::vector<double> losses;
  std::vector<double> validation;
  std::vector<std::vector<float>> weights;
};

std::vector<float> host_values(const Tensor& tensor) {
  const std::vector<std::byte> bytes = tensor.to_host();
  std::vector<float> values(bytes.size() / sizeof(float));
  if (!bytes.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

/// AutoRec with sparsity normalization on ratings that are the same on every device.
Trained train(Device device, const TrainConfig& config) {
  DeviceContext context(device, 2);
  const auto ratings = testing::random_csr<float>(context, 45, 37, 0.7, 3);
  const auto validation = testing::random_csr<float>(context, 45, 37, 0.95, 4);
  AutoRecConfig model_config;
  model_config.hidden_units = 20;
  model_config.input = SparsityNormalized{};
  model_config.weight_stddev = 0.1;
  AutoRec<float> model(context, model_config, {37, 11}, 5);
  Trainer trainer(context, model, config, ratings,
                  experiments::validate_by_rmse(context, model, ratings, validation), 6);
  Trained result;
  trainer.run({.epoch =
                   [&](const EpochReport& report) {
                     result.losses.push_back(report.loss());
                     result.validation.push_back(report.validation.at(0).value);
                     if (report.epoch < config.epochs) return;
                     for (const Parameter* parameter : model.parameters()) {
                       result.weights.push_back(host_values(parameter->value));
                     }
                   },
               .go_on = {}});
  return result;
}

TrainConfig config_of(const OptimizerConfig& optimizer, int batch_size) {
  return {.epochs = 10,
          .patience = 0,
          .batch_size = batch_size,
          .optimizer = optimizer,
          .schedule = {},
          .largest_gradient_norm = 1e3,
          .l2 = {.lambda = 0.1, .on = {}}};
}

class OnDevices : public ::testing::TestWithParam<Device> {};

TEST_P(OnDevices, TenStepsOfSgdAgreeWithTheCpu) {
  LACUNA_NEED_DEVICE(GetParam());
  for (const int batch_size : {0, 10, 45}) {
    const TrainConfig config =
        config_of(SgdConfig{.learning_rate = 1e-4, .momentum = 0.9}, batch_size);
    const Trained cpu = train(Device::cpu, config);
    const Trained device = train(GetParam(), config);
    ASSERT_EQ(device.losses.size(), 10u);
    for (std::size_t i = 0; i < 10; ++i) {
      EXPECT_NEAR(device.losses[i], cpu.losses[i], 1e-5 * cpu.losses[i]) << "epoch " << i + 1;
      EXPECT_NEAR(device.validation[i], cpu.validation[i], 1e-5 * cpu.validation[i]);
    }
    EXPECT_LT(cpu.losses[9], 0.99 * cpu.losses[0]) << "the steps did something";
    ASSERT_EQ(device.weights.size(), 4u);
    for (std::size_t p = 0; p < 4; ++p) {
      float largest = 0;
      for (const float w : cpu.weights[p]) largest = std::max(largest, std::abs(w));
      for (std::size_t i = 0; i < cpu.weights[p].size(); ++i) {
        ASSERT_NEAR(device.weights[p][i], cpu.weights[p][i], 1e-5 * largest)
            << "parameter " << p << " batch size " << batch_size;
      }
    }
  }
}

TEST_P(OnDevices, CapturedStepsGiveTheBitsOfUncapturedOnes) {
  LACUNA_NEED_DEVICE(GetParam());
  for (const int batch_size : {0, 10}) {
    for (const OptimizerConfig& optimizer : std::initializer_list<OptimizerConfig>{
             AdamConfig{.learning_rate = 0.01}, SgdConfig{.learning_rate = 1e-4}}) {
      TrainConfig config = config_of(optimizer, batch_size);
      config.schedule = StepSchedule{.every = 3};
      const Trained captured = train(GetParam(), config);
      config.cuda_graph = false;
      const Trained launched = train(GetParam(), config);
      EXPECT_EQ(captured.losses, launched.losses);
      EXPECT_EQ(captured.weights, launched.weights);
    }
  }
}

TEST_P(OnDevices, ANonFiniteStepLeavesTheWeightsOfTheStepBefore) {
  LACUNA_NEED_DEVICE(GetParam());
  for (const bool capture : {true, false}) {
    DeviceContext context(GetParam(), 2);
    const auto ratings = testing::random_csr<float>(context, 45, 37, 0.7, 3);
    AutoRecConfig model_config;
    model_config.hidden_units = 20;
    AutoRec<float> model(context, model_config, {37, 11}, 5);
    TrainConfig config =
        config_of(SgdConfig{.learning_rate = 1e30}, 5);  // the second step overflows
    config.largest_gradient_norm = 0;
    config.cuda_graph = capture;
    Trainer trainer(context, model, config, ratings,
                    experiments::validate_by_rmse(context, model, ratings, ratings), 6);
    EXPECT_THROW(trainer.run({}), NonFiniteError);
    for (const Parameter* parameter : model.parameters()) {
      for (const float w : host_values(parameter->value)) {
        ASSERT_TRUE(std::isfinite(w)) << parameter->name;
      }
    }
  }
}

std::string device_test_name(const ::testing::TestParamInfo<Device>& info) {
  return std::string(device_name(info.param));
}

INSTANTIATE_TEST_SUITE_P(Devices, OnDevices, ::testing::ValuesIn(testing::accelerators),
                         device_test_name);

}  // namespace
}  // namespace lacuna::models
