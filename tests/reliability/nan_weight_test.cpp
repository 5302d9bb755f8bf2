#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "runtime/error.hpp"
#include "runtime/train/trainer.hpp"
#include "tests/models/configurations.hpp"
#include "tests/support/context.hpp"
#include "tests/support/temporary_folder.hpp"

/// Row 30 of the list of faults that are survived: a NaN in a weight that a layer, its activation
/// or what follows it turns into a number, so that training goes on with a broken unit.
namespace lacuna::testing {
namespace {

/// The configurations of the models, and each activation with all that may follow it.
std::vector<Configuration> every_activation() {
  std::vector<Configuration> all = configurations();
  for (const auto& [word, activation] : config::EnumNames<Activation>::values) {
    const models::SparsityNormalized normalized{.k = models::NormalizationConstant::inputs};
    Configuration encoder = autorec("Autorec_" + std::string(word), models::SparsityNormalized{});
    std::get<models::AutoRecConfig>(encoder.model).activation = activation;
    all.push_back(encoder);
    const std::string name = "Mlp_" + std::string(word);
    all.push_back(mlp(name, models::Indicators{},
                      {.units = 12, .activation = activation, .normalize = {}, .penalties = {}}));
    all.push_back(mlp(name + "_DropoutNormalization", models::SparsityNormalized{},
                      {.units = 12,
                       .activation = activation,
                       .dropout = 0.3,
                       .normalize = normalized,
                       .penalties = {}}));
    all.back().rows = Configuration::Rows::numbers;
  }
  return all;
}

std::vector<std::vector<std::byte>> weights_of(Model& model) {
  std::vector<std::vector<std::byte>> values;
  for (const NamedTensor& tensor : tensors_of(model)) values.push_back(tensor.tensor.to_host());
  return values;
}

/// Makes its element in the middle NaN, of a matrix the row: of a masked one some are seen by
/// nobody.
void poison(const Parameter& parameter) {
  std::vector<float> values = parameter.value.to_host<float>();
  const Shape& shape = parameter.value.shape();
  const auto row = static_cast<std::size_t>(shape.size() == 1 ? 1 : shape.back());
  const std::size_t first = values.size() / 2 / row * row;
  std::fill_n(values.begin() + static_cast<std::ptrdiff_t>(first), row,
              std::numeric_limits<float>::quiet_NaN());
  parameter.value.assign(std::as_bytes(std::span(values)));
}

class Row30NanWeight : public ::testing::TestWithParam<std::tuple<Device, Configuration>> {
 protected:
  /// A NaN in parameter `index` behind the third step, the first of the second epoch.
  static void expect_stopped(std::size_t index) {
    const auto& [device, configuration] = GetParam();
    DeviceContext context(device, 2);
    const DeviceRows rows = rows_of(context, configuration.rows);
    const auto model =
        models::make_model(context, configuration.model, facts_of(configuration.rows), 5);
    const TrainConfig config{.epochs = 4,
                             .patience = 0,
                             .batch_size = 23,  // two steps an epoch
                             .optimizer = AdamConfig{.learning_rate = 0.01},
                             .schedule = {},
                             .l2 = {}};
    Trainer trainer(context, *model, config, rows, {}, 6);
    std::vector<std::vector<std::byte>> before;
    const TrainHooks hooks{.epoch = {}, .should_continue = [&] {
                             if (trainer.steps() == 3) {
                               poison(*model->parameters().at(index));
                               before = weights_of(*model);
                             }
                             return true;
                           }};
    const std::string message = message_of<NonFiniteError>([&] { trainer.run(hooks); });
    EXPECT_THAT(message, ::testing::AllOf(::testing::HasSubstr("epoch 2: the loss"),
                                          ::testing::HasSubstr(" is not finite")));
    EXPECT_EQ(trainer.steps(), device == Device::cpu ? 3 : 4) << "devices are asked once an epoch";
    EXPECT_EQ(weights_of(*model), before) << "a step was taken";
  }
};

TEST_P(Row30NanWeight, OfEachParameterStopsTheNextStepAndLeavesTheWeights) {
  const auto& [device, configuration] = GetParam();
  LACUNA_NEED_DEVICE(device);
  DeviceContext context(device, 1);
  const auto model =
      models::make_model(context, configuration.model, facts_of(configuration.rows), 5);
  for (std::size_t i = 0; i < model->parameters().size(); ++i) {
    SCOPED_TRACE(i);
    expect_stopped(i);
  }
}

INSTANTIATE_TEST_SUITE_P(Devices, Row30NanWeight,
                         ::testing::Combine(::testing::Values(Device::cpu, Device::emulated,
                                                              Device::cuda),
                                            ::testing::ValuesIn(every_activation())),
                         [](const auto& test) {
                           return std::string(device_name(std::get<0>(test.param))) +
                                  std::get<1>(test.param).name;
                         });

}  // namespace
}  // namespace lacuna::testing
