#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/checkpoint/checkpoint_folder.hpp"
#include "runtime/error.hpp"
#include "runtime/train/trainer.hpp"
#include "tests/models/configurations.hpp"
#include "tests/support/context.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::testing {
namespace {

using ::testing::HasSubstr;

/// A model on a device with all that a training of it needs.
class OneTraining {
 public:
  OneTraining(Device device, const Configuration& configuration, const TrainConfig& config)
      : context_(device, 2),
        rows_(rows_of(context_, configuration.rows)),
        model_(models::make_model(context_, configuration.model, facts_of(configuration.rows), 5)),
        trainer_(context_, *model_, config, rows_, mean_square_of(context_, *model_, rows_), 6) {}

  /// Goes on from the newest checkpoint there, stops when should_continue() has been asked `points`
  /// times, and saves there. Returns whether the training came to its end.
  bool run(const std::filesystem::path& checkpoints, int points) {
    CheckpointFolder folder(checkpoints, 1, [](const std::string&) {});
    if (const auto stored = folder.newest()) trainer_.restore(*stored, 0);
    int asked = 0;
    return !trainer_
                .run({.epoch = [this](const EpochReport& report) { reports_.push_back(report); },
                      .should_continue =
                          [&] {
                            if (++asked != points) return true;
                            folder.save(trainer_.steps(), trainer_.checkpoint());
                            return false;
                          }})
                .interrupted;
  }

  std::vector<std::vector<std::byte>> weights() {
    std::vector<std::vector<std::byte>> values;
    for (const NamedTensor& tensor : tensors_of(*model_)) {
      values.push_back(tensor.tensor.to_host());
    }
    return values;
  }
  const std::vector<EpochReport>& reports() const { return reports_; }

 private:
  DeviceContext context_;
  DeviceRows rows_;
  std::unique_ptr<Model> model_;
  Trainer trainer_;
  std::vector<EpochReport> reports_;
};

/// Stopped after every `points` steps or epochs, resumed by a new trainer each time.
struct Resumed {
  std::vector<EpochReport> reports;
  std::vector<std::vector<std::byte>> weights;
};
Resumed run_in_pieces(Device device, const Configuration& configuration, const TrainConfig& config,
                      int points) {
  const TemporaryFolder folder;
  Resumed all;
  for (bool ended = false; !ended;) {
    OneTraining training(device, configuration, config);
    ended = training.run(folder / "checkpoints", points);
    all.reports.insert(all.reports.end(), training.reports().begin(), training.reports().end());
    all.weights = training.weights();
  }
  return all;
}

void expect_same(Device device, const Configuration& configuration, const TrainConfig& config) {
  OneTraining whole(device, configuration, config);
  whole.run("nowhere", -1);
  const Resumed pieces = run_in_pieces(device, configuration, config, 5);
  ASSERT_EQ(pieces.reports.size(), whole.reports().size());
  for (std::size_t i = 0; i < pieces.reports.size(); ++i) {
    const EpochReport& piece = pieces.reports[i];
    const EpochReport& expected = whole.reports()[i];
    EXPECT_EQ(piece.epoch, expected.epoch);
    EXPECT_EQ(piece.losses.at(0).value, expected.losses.at(0).value);
    for (std::size_t s = 0; s < expected.training.size(); ++s) {
      EXPECT_EQ(piece.training.at(s).value, expected.training[s].value);
    }
    EXPECT_EQ(piece.penalty, expected.penalty);
    EXPECT_EQ(piece.validation.at(0).value, expected.validation.at(0).value);
    EXPECT_EQ(piece.best, expected.best);
    EXPECT_EQ(piece.rate, expected.rate);
  }
  EXPECT_EQ(pieces.weights, whole.weights());
}

class ResumeOf : public ::testing::TestWithParam<std::tuple<Device, Configuration>> {};

TEST_P(ResumeOf, AdamInMiniBatchesHasTheSameBits) {
  const auto& [device, configuration] = GetParam();
  LACUNA_NEED_DEVICE(device);
  expect_same(device, configuration,
              {.epochs = 5,
               .patience = 0,
               .batch_size = 14,
               .optimizer = AdamConfig{.learning_rate = 0.1},
               .schedule = PlateauSchedule{.patience = 1},
               .l2 = {.lambda = 0.5, .on = {}}});
}

constexpr std::array every_device{Device::cpu, Device::emulated, Device::cuda};

INSTANTIATE_TEST_SUITE_P(Devices, ResumeOf,
                         ::testing::Combine(::testing::ValuesIn(every_device),
                                            ::testing::ValuesIn(configurations())),
                         [](const auto& test) {
                           return std::string(device_name(std::get<0>(test.param))) +
                                  std::get<1>(test.param).name;
                         });

class Resume : public ::testing::TestWithParam<Device> {};

TEST_P(Resume, SgdUntilPatienceEndsHasTheSameBits) {
  LACUNA_NEED_DEVICE(GetParam());
  expect_same(GetParam(), configurations().front(),
              {.epochs = 60,
               .patience = 3,
               .batch_size = 20,
               .optimizer = SgdConfig{.learning_rate = 1e-3, .momentum = 0.9},
               .schedule = StepSchedule{.every = 2, .factor = 0.9},
               .l2 = {}});
}

TEST_P(Resume, AveragesOfWeightsHaveTheSameBits) {
  LACUNA_NEED_DEVICE(GetParam());
  for (const int batch_size : {0, 14}) {
    expect_same(GetParam(), configurations().front(),
                {.epochs = 7,
                 .patience = 0,
                 .batch_size = batch_size,
                 .optimizer = AdamConfig{.learning_rate = 0.1},
                 .schedule = {},
                 .l2 = {},
                 .weight_average = 0.7});
  }
}

TEST_P(Resume, RMSPropAndAdaGradHaveTheSameBits) {
  LACUNA_NEED_DEVICE(GetParam());
  for (const OptimizerConfig& optimizer :
       std::initializer_list<OptimizerConfig>{RMSPropConfig{.momentum = 0.5}, AdaGradConfig{}}) {
    expect_same(GetParam(), configurations().front(),
                {.epochs = 12,
                 .patience = 0,
                 .batch_size = 20,
                 .optimizer = optimizer,
                 .schedule = {},
                 .l2 = {}});
  }
}

TEST_P(Resume, RPropHasTheSameBits) {
  LACUNA_NEED_DEVICE(GetParam());
  expect_same(GetParam(), configurations().front(),
              {.epochs = 12, .patience = 0, .optimizer = RPropConfig{}, .schedule = {}, .l2 = {}});
}

TEST_P(Resume, ACheckpointOfAnotherDeviceGoesOn) {
  LACUNA_NEED_DEVICE(GetParam());
  const Configuration configuration = configurations().front();
  const TrainConfig config{.epochs = 6,
                           .patience = 0,
                           .batch_size = 14,
                           .optimizer = SgdConfig{.learning_rate = 1e-4, .momentum = 0.9},
                           .schedule = {},
                           .l2 = {.lambda = 0.1, .on = {}}};
  OneTraining whole(Device::cpu, configuration, config);
  whole.run("nowhere", -1);
  const double expected = whole.reports().back().losses.at(0).value;
  for (const bool from_cpu : {true, false}) {
    const TemporaryFolder folder;
    OneTraining first(from_cpu ? Device::cpu : GetParam(), configuration, config);
    EXPECT_FALSE(first.run(folder / "checkpoints", 10));
    OneTraining second(from_cpu ? GetParam() : Device::cpu, configuration, config);
    EXPECT_TRUE(second.run(folder / "checkpoints", -1));
    EXPECT_NEAR(second.reports().back().losses.at(0).value, expected, 1e-5 * expected);
  }
}

INSTANTIATE_TEST_SUITE_P(Devices, Resume, ::testing::ValuesIn(every_device),
                         [](const auto& device) { return std::string(device_name(device.param)); });

TEST(ResumeErrors, AnotherModelOrOptimiserIsRefused) {
  const TemporaryFolder folder;
  const TrainConfig adam{.epochs = 3, .optimizer = AdamConfig{}, .schedule = {}, .l2 = {}};
  const Configuration small = autorec("Small", models::ZeroImputation{});
  OneTraining(Device::cpu, small, adam).run(folder / "checkpoints", 2);
  const auto message = [&](const Configuration& configuration, const TrainConfig& config) {
    return message_of<IoError>(
        [&] { OneTraining(Device::cpu, configuration, config).run(folder / "checkpoints", -1); });
  };
  Configuration larger = small;
  std::get<models::AutoRecConfig>(larger.model).hidden_units = 21;
  EXPECT_THAT(message(larger, adam), HasSubstr("tensor 'encoder.weight'"));
  TrainConfig sgd = adam;
  sgd.optimizer = SgdConfig{};
  EXPECT_THAT(message(small, sgd), HasSubstr("optimizer.safetensors: does not fit the model"));
}

}  // namespace
}  // namespace lacuna::testing
