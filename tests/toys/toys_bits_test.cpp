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
  OptimizerConfig optimizer = SgdConfig{.learning_rate = 0.05, .momentum = 0.5};
};

std::vector<Toy> toys() {
  return {
      {"LinearRegression",
       [](DeviceContext& c) { return std::make_unique<LinearRegression>(c, 1, DType::f32); }},
      {"TwoPlayers", [](DeviceContext& c) { return std::make_unique<TwoPlayers>(c, DType::f32); }},
      {"Oja", [](DeviceContext& c) { return std::make_unique<Oja>(c, 1, DType::f32); }},
      {"TwoPhases", [](DeviceContext& c) { return std::make_unique<TwoPhases>(c, 1, DType::f32); },
       AdamConfig{}}};  // whose steps are numbered anew in each phase
}

struct Setting {
  Device device = Device::cpu;
  int threads = 2;
  bool capture = true;
  std::int64_t batch_rows = 20;
};

/// A toy in training: batches of which the third has a quarter of the rows, six epochs.
class ToyRun {
 public:
  ToyRun(const Toy& toy, const Setting& setting)
      : context_(setting.device, setting.threads), model_(toy.make(context_)) {
    const std::int64_t rows = setting.batch_rows * 9 / 4;
    DeviceRows data{.rows = rows, .fields = {}};
    std::uint64_t seed = 0;
    for (const char* name : {"input", "noise", "target"}) {
      data.set(name, dense_field(context_, rows, normals(rows, ++seed), DType::f32));
    }
    const TrainConfig config{.epochs = 6,
                             .patience = 0,
                             .batch_size = static_cast<int>(setting.batch_rows),
                             .optimizer = toy.optimizer,
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
  constexpr std::int64_t enough_for_two = 40'000;  // smaller work stays on one
  const auto on = [](int threads) {
    return trained(GetParam(), {.threads = threads, .batch_rows = enough_for_two});
  };
  for (const int threads : {2, 4}) EXPECT_EQ(on(threads), on(1));
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
      const auto should_continue = [&, asked = 0]() mutable {
        if (++asked != 4) return true;
        folder.save(piece.trainer().steps(), piece.trainer().checkpoint());
        return false;
      };
      ended = !piece.trainer().run({.epoch = {}, .should_continue = should_continue}).interrupted;
      weights = piece.weights();
    }
    EXPECT_EQ(weights, whole) << device_name(device);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Toys, ::testing::ValuesIn(toys()),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace lacuna::testing
