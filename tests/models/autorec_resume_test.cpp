#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "experiments/tasks/rating_prediction/prediction_rule.hpp"
#include "models/autorec.hpp"
#include "runtime/checkpoint/checkpoint_folder.hpp"
#include "runtime/error.hpp"
#include "runtime/train/trainer.hpp"
#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::models {
namespace {

using ::testing::HasSubstr;

/// AutoRec on a device with all that a training of it needs.
class Training {
 public:
  Training(Device device, const TrainConfig& config, int hidden_units = 6)
      : context_(device, 2),
        ratings_(testing::random_csr<float>(context_, 25, 17, 0.7, 3)),
        validation_(testing::random_csr<float>(context_, 25, 17, 0.9, 4)),
        model_(context_, model_config(hidden_units), {17, 5}, 5),
        trainer_(context_, model_, config, ratings_,
                 experiments::validate_by_rmse(context_, model_, ratings_, validation_), 6) {}

  /// Goes on from the newest checkpoint there, stops when go_on() has been asked `points` times,
  /// and saves there. Returns whether the training came to its end.
  bool run(const std::filesystem::path& checkpoints, int points) {
    CheckpointFolder folder(checkpoints, 1, [](const std::string&) {});
    if (const auto stored = folder.newest()) trainer_.restore(*stored, 0);
    int asked = 0;
    return !trainer_
                .run({.epoch = [this](const EpochReport& report) { reports_.push_back(report); },
                      .go_on =
                          [&] {
                            if (++asked != points) return true;
                            folder.save(trainer_.steps(), trainer_.checkpoint());
                            return false;
                          }})
                .interrupted;
  }

  std::vector<std::vector<std::byte>> weights() {
    std::vector<std::vector<std::byte>> values;
    for (const Parameter* parameter : model_.parameters()) {
      values.push_back(parameter->value.to_host());
    }
    return values;
  }
  const std::vector<EpochReport>& reports() const { return reports_; }

 private:
  static AutoRecConfig model_config(int hidden_units) {
    AutoRecConfig config;
    config.hidden_units = hidden_units;
    config.weight_stddev = 0.1;
    return config;
  }

  DeviceContext context_;
  CsrMatrix<float> ratings_;
  CsrMatrix<float> validation_;
  AutoRec<float> model_;
  Trainer trainer_;
  std::vector<EpochReport> reports_;
};

/// Stopped after every `points` steps or epochs, resumed by a new trainer each time.
struct Resumed {
  std::vector<EpochReport> reports;
  std::vector<std::vector<std::byte>> weights;
};
Resumed run_in_pieces(Device device, const TrainConfig& config, int points) {
  const testing::TemporaryFolder folder;
  Resumed all;
  for (bool ended = false; !ended;) {
    Training training(device, config);
    ended = training.run(folder / "checkpoints", points);
    all.reports.insert(all.reports.end(), training.reports().begin(), training.reports().end());
    all.weights = training.weights();
  }
  return all;
}

class Resume : public ::testing::TestWithParam<Device> {
 protected:
  void expect_same(const TrainConfig& config) {
    Training whole(GetParam(), config);
    whole.run("nowhere", -1);
    const Resumed pieces = run_in_pieces(GetParam(), config, 5);
    ASSERT_EQ(pieces.reports.size(), whole.reports().size());
    for (std::size_t i = 0; i < pieces.reports.size(); ++i) {
      EXPECT_EQ(pieces.reports[i].epoch, whole.reports()[i].epoch);
      EXPECT_EQ(pieces.reports[i].loss(), whole.reports()[i].loss());
      EXPECT_EQ(pieces.reports[i].penalty, whole.reports()[i].penalty);
      EXPECT_EQ(pieces.reports[i].validation.at(0).value,
                whole.reports()[i].validation.at(0).value);
      EXPECT_EQ(pieces.reports[i].best, whole.reports()[i].best);
      EXPECT_EQ(pieces.reports[i].rate, whole.reports()[i].rate);
    }
    EXPECT_EQ(pieces.weights, whole.weights());
  }
};

TEST_P(Resume, AdamInMiniBatchesHasTheSameBits) {
  LACUNA_NEED_DEVICE(GetParam());
  expect_same({.epochs = 9,
               .patience = 0,
               .batch_size = 7,
               .optimizer = AdamConfig{.learning_rate = 0.1},
               .schedule = PlateauSchedule{.patience = 1},
               .l2 = {.lambda = 0.5, .on = {}}});
}

TEST_P(Resume, SgdUntilPatienceEndsHasTheSameBits) {
  LACUNA_NEED_DEVICE(GetParam());
  expect_same({.epochs = 100,
               .patience = 3,
               .batch_size = 10,
               .optimizer = SgdConfig{.learning_rate = 0.02, .momentum = 0.9},
               .schedule = StepSchedule{.every = 2, .factor = 0.9},
               .l2 = {}});
}

TEST_P(Resume, RPropHasTheSameBits) {
  LACUNA_NEED_DEVICE(GetParam());
  expect_same({.epochs = 12, .patience = 0, .optimizer = RPropConfig{}, .schedule = {}, .l2 = {}});
}

TEST_P(Resume, ACheckpointOfAnotherDeviceGoesOn) {
  LACUNA_NEED_DEVICE(GetParam());
  const TrainConfig config{.epochs = 6,
                           .patience = 0,
                           .batch_size = 7,
                           .optimizer = SgdConfig{.learning_rate = 1e-3, .momentum = 0.9},
                           .schedule = {},
                           .l2 = {.lambda = 0.1, .on = {}}};
  Training whole(Device::cpu, config);
  whole.run("nowhere", -1);
  for (const bool from_cpu : {true, false}) {
    const testing::TemporaryFolder folder;
    Training first(from_cpu ? Device::cpu : GetParam(), config);
    EXPECT_FALSE(first.run(folder / "checkpoints", 10));
    Training second(from_cpu ? GetParam() : Device::cpu, config);
    EXPECT_TRUE(second.run(folder / "checkpoints", -1));
    EXPECT_NEAR(second.reports().back().loss(), whole.reports().back().loss(),
                1e-5 * whole.reports().back().loss());
  }
}

INSTANTIATE_TEST_SUITE_P(Devices, Resume,
                         ::testing::Values(Device::cpu, Device::emulated, Device::cuda),
                         [](const auto& device) { return std::string(device_name(device.param)); });

TEST(ResumeErrors, AnotherModelOrOptimiserIsRefused) {
  const testing::TemporaryFolder folder;
  const TrainConfig adam{.epochs = 3, .optimizer = AdamConfig{}, .schedule = {}, .l2 = {}};
  Training(Device::cpu, adam).run(folder / "checkpoints", 2);
  const auto message = [&](const TrainConfig& config, int units) {
    return testing::message_of<IoError>(
        [&] { Training(Device::cpu, config, units).run(folder / "checkpoints", -1); });
  };
  EXPECT_THAT(message(adam, 7), HasSubstr("tensor 'encoder.weight'"));
  TrainConfig sgd = adam;
  sgd.optimizer = SgdConfig{};
  EXPECT_THAT(message(sgd, 6), HasSubstr("optimizer.safetensors: holds 8 tensors"));
}

}  // namespace
}  // namespace lacuna::models
