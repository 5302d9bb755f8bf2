#include <gtest/gtest.h>

#include "runtime/train/trainer.hpp"
#include "tests/models/configurations.hpp"
#include "tests/support/context.hpp"

namespace lacuna::testing {
namespace {

using Bits = std::vector<std::vector<std::byte>>;

/// The weights after two epochs of mini-batches.
Bits weights_after(const Configuration& configuration, const DeviceRows& rows, const Facts& facts,
                   DeviceContext& context) {
  const auto model = models::make_model(context, configuration.model, facts, 5);
  const TrainConfig config{.epochs = 2,
                           .patience = 0,
                           .batch_size = static_cast<int>(rows.rows / 3),
                           .optimizer = AdamConfig{.learning_rate = 0.01},
                           .schedule = {},
                           .l2 = {.lambda = 0.1, .on = {}}};
  Trainer(context, *model, config, rows, {}, 6).run({});
  Bits bits;
  for (const NamedTensor& tensor : tensors_of(*model)) bits.push_back(tensor.tensor.to_host());
  return bits;
}

class ModelThreads : public ::testing::TestWithParam<Configuration> {};

TEST_P(ModelThreads, TheBitsAreTheSameAtOneTwoAndFour) {
  std::vector<Bits> found;
  for (const int threads : {1, 2, 4}) {
    DeviceContext context(Device::cpu, threads);
    found.push_back(weights_after(GetParam(), rows_of(context, GetParam().rows),
                                  facts_of(GetParam().rows), context));
  }
  EXPECT_EQ(found[0], found[1]);
  EXPECT_EQ(found[0], found[2]);
}

INSTANTIATE_TEST_SUITE_P(Models, ModelThreads, ::testing::ValuesIn(configurations()),
                         [](const auto& test) { return test.param.name; });

/// Of rows and units that several threads share in each kernel.
TEST(LargerSteps, HaveTheSameBitsAtAnyNumberOfThreads) {
  constexpr std::int64_t count = 900;
  constexpr std::int64_t columns = 130;
  Configuration tied = tied_autoencoder();
  std::get<models::AutoencoderConfig>(tied.model).hidden_units = 200;
  Configuration chains = rbm("Rbm", [](models::RbmConfig& config) {
    config.hidden_units = 200;
    config.gibbs_steps = 2;
    config.persistent = true;
  });
  std::vector<float> values = normals(count * columns, 3);
  for (float& value : values) value = value > 0 ? 1 : 0;
  const Facts facts{.columns = columns, .mean_count = columns, .most = 1};
  for (const Configuration& configuration : {tied, chains}) {
    std::vector<Bits> found;
    for (const int threads : {1, 2, 4}) {
      DeviceContext context(Device::cpu, threads);
      DeviceRows rows{.rows = count, .fields = {}};
      rows.set("input", dense_field(context, count, values, DType::f32));
      found.push_back(weights_after(configuration, rows, facts, context));
    }
    EXPECT_EQ(found[0], found[1]) << configuration.name;
    EXPECT_EQ(found[0], found[2]) << configuration.name;
  }
}

}  // namespace
}  // namespace lacuna::testing
