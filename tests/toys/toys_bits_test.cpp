#include <gtest/gtest.h>

#include <functional>

#include "runtime/checkpoint/checkpoint_folder.hpp"
#include "runtime/train/trainer.hpp"
#include "tests/support/context.hpp"
#include "tests/support/dense.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/toys/linear_regression.hpp"
#include "tests/toys/oja.hpp"
#include "tests/toys/two_phases.hpp"
#include "tests/toys/two_players.hpp"

/// Learners of every kind in float32: the same bits captured and launched, stopped and not, on any
/// number of threads.
namespace lacuna::testing {
namespace {

struct Toy {
  std::string name;
  std::function<std::unique_ptr<Model>(DeviceContext&)> make;
};

std::vector<Toy> toys() {
  return {
      {"LinearRegression",
       [](DeviceContext& c) { return std::make_unique<LinearRegression>(c, 1, DType::f32); }},
      {"TwoPlayers", [](DeviceContext& c) { return std::make_unique<TwoPlayers>(c, DType::f32); }},
      {"Oja", [](DeviceContext& c) { return std::make_unique<Oja>(c, 1, DType::f32); }},
      {"TwoPhases",
       [](DeviceContext& c) { return std::make_unique<TwoPhases>(c, 1, DType::f32); }}};
}

struct Setting {
  Device device = Device::cpu;
  int threads = 2;
  bool capture = true;
};

/// A toy in training; 45 rows in batches of 20, six epochs.
class ToyRun {
 public:
  ToyRun(const Toy& toy, const Setting& setting)
      : context_(setting.device, setting.threads), model_(toy.make(context_)) {
    constexpr std::int64_t rows = 45;
    DeviceRows data{.rows = rows, .fields = {}};
    std::uint64_t seed = 0;
    for (const char* name : {"input", "noise", "target"}) {
      data.set(name, dense_field(context_, rows, normals(rows, ++seed), DType::f32));
    }
    const TrainConfig config{.epochs = 6,
                             .patience = 0,
                             .batch_size = 20,
                             .optimizer = SgdConfig{.learning_rate = 0.05, .momentum = 0.5},
                             .schedule = {},
                             .l2 = {},
                             .cuda_graph = setting.capture};
    trainer_ = std::make_unique<Trainer>(context_, *model_, config, data, Validate(), 3);
  }

  std::vector<std::vector<float>> weights() {
    std::vector<std::vector<float>> all;
    for (const Parameter* parameter : model_->parameters()) {
      all.push_back(parameter->value.to_host<float>());
    }
    return all;
  }
  Trainer& trainer() { return *trainer_; }

 private:
  DeviceContext context_;
  std::unique_ptr<Model> model_;
  std::unique_ptr<Trainer> trainer_;
};

std::vector<std::vector<float>> trained(const Toy& toy, const Setting& setting) {
  ToyRun run(toy, setting);
  run.trainer().run({});
  return run.weights();
}

class Toys : public ::testing::TestWithParam<Toy> {};

TEST_P(Toys, HaveTheSameBitsOnAnyNumberOfThreads) {
  const auto one = trained(GetParam(), {.threads = 1});
  for (const int threads : {2, 4}) EXPECT_EQ(trained(GetParam(), {.threads = threads}), one);
}

TEST_P(Toys, HaveTheSameBitsCapturedAndLaunched) {
  const auto captured = trained(GetParam(), {.device = Device::emulated});
  EXPECT_EQ(trained(GetParam(), {.device = Device::emulated, .capture = false}), captured);
  EXPECT_NE(captured, ToyRun(GetParam(), {}).weights()) << "it learned";
}

TEST_P(Toys, ResumeInTheMiddleOfAnEpochToTheSameBits) {
  for (const Device device : {Device::cpu, Device::emulated}) {
    const auto whole = trained(GetParam(), {.device = device});
    const TemporaryFolder files;
    std::vector<std::vector<float>> weights;
    for (bool ended = false; !ended;) {
      ToyRun piece(GetParam(), {.device = device});
      CheckpointFolder folder(files / "checkpoints", 1, [](const std::string&) {});
      if (const auto stored = folder.newest()) piece.trainer().restore(*stored, 0);
      const auto go_on = [&, asked = 0]() mutable {
        if (++asked != 4) return true;
        folder.save(piece.trainer().steps(), piece.trainer().checkpoint());
        return false;
      };
      ended = !piece.trainer().run({.epoch = {}, .go_on = go_on}).interrupted;
      weights = piece.weights();
    }
    EXPECT_EQ(weights, whole) << device_name(device);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Toys, ::testing::ValuesIn(toys()),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace lacuna::testing
