#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "experiments/run/metrics_log.hpp"
#include "experiments/run/run_files.hpp"
#include "runtime/checkpoint/checkpoint_folder.hpp"
#include "runtime/error.hpp"
#include "runtime/io/folder.hpp"
#include "runtime/train/trainer.hpp"
#include "tests/support/context.hpp"
#include "tests/support/dense.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/toys/linear_regression.hpp"
#include "tests/toys/two_terms.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::HasSubstr;

/// A loss of two terms through the real Trainer and a run's files; three steps an epoch.
class LossTerms : public ::testing::Test {
 protected:
  DeviceRows data() {
    DeviceRows rows{.rows = 6, .fields = {}};
    rows.set("input", testing::dense_field(context_, 6, testing::normals(12, 1), DType::f64));
    rows.set("target", testing::dense_field(context_, 6, target_, DType::f64));
    rows.set("other", testing::dense_field(context_, 6, other_, DType::f64));
    rows.set("weight", testing::dense_field(context_, 6, weight_, DType::f64));
    return rows;
  }
  double sum_of_squares(const std::vector<float>& values, const std::vector<float>& weights) const {
    return std::transform_reduce(values.begin(), values.end(), weights.begin(), 0.0, std::plus{},
                                 [](double x, double w) { return w * x * x; });
  }
  void learn() { config_.optimizer = SgdConfig{.learning_rate = 0.1}; }

  /// Trains a new model, from a checkpoint where there is one; `points`: asked so often, it stops.
  std::vector<EpochReport> run(const CheckpointFolder& from = {"none", 1, nullptr},
                               CheckpointFolder* to = nullptr, int points = 0) {
    testing::TwoTerms model(context_, 2, DType::f64);
    Trainer trainer(context_, model, config_, data(), {}, 0);
    if (const auto stored = from.newest()) trainer.restore(*stored, 0);
    std::vector<EpochReport> reports;
    const auto should_continue = [&] {
      if (--points != 0) return true;
      to->save(trainer.steps(), trainer.checkpoint());
      return false;
    };
    trainer.run({.epoch = [&](const EpochReport& report) { reports.push_back(report); },
                 .should_continue = should_continue});
    return reports;
  }

  DeviceContext context_ = testing::cpu_context();
  std::vector<float> target_{1, -2, 3, 0, 2, -1};
  std::vector<float> other_{2, 1, -1, 4, 0, 3};
  std::vector<float> weight_{1, 0.5f, 2, 0, 3, 1};
  TrainConfig config_{.epochs = 2,
                      .patience = 0,
                      .batch_size = 2,
                      .optimizer = SgdConfig{.learning_rate = 0},  // the prediction stays 0
                      .schedule = {},
                      .l2 = {}};
  testing::TemporaryFolder folder_;
};

TEST_F(LossTerms, EachHasItsOwnSumAndCount) {
  const std::vector<EpochReport> reports = run();
  ASSERT_EQ(reports.size(), 2u);
  const double near = sum_of_squares(target_, std::vector<float>(6, 1)) / 6;
  const double far = sum_of_squares(other_, weight_);
  for (const EpochReport& report : reports) {
    ASSERT_EQ(report.losses.size(), 2u);
    EXPECT_EQ(report.losses[0].name, "near");
    EXPECT_NEAR(report.losses[0].value, near, 1e-12);
    EXPECT_EQ(report.losses[1].name, "far");
    EXPECT_NEAR(report.losses[1].value, far, 1e-12) << "of weighted rows, told as a sum";
    ASSERT_EQ(report.training.size(), 1u) << "one term is a metric's";
    EXPECT_EQ(report.training[0].count, 6);
    EXPECT_NEAR(report.training[0].value, std::sqrt(near), 1e-12);
  }
}

TEST_F(LossTerms, MetricsAndEventsNameThem) {
  const std::vector<EpochReport> reports = run();
  {
    MetricsLog log(folder_.path(), 0);
    for (const EpochReport& report : reports) log.write(report);
  }
  EXPECT_THAT(testing::read_file(folder_ / metrics_file),
              ::testing::StartsWith(R"({"epoch": 1, "near": )"));
  const std::vector<EpochReport> read = read_metrics(folder_ / metrics_file);
  ASSERT_EQ(read.size(), 2u);
  ASSERT_EQ(read[1].losses.size(), 2u);
  EXPECT_EQ(read[1].losses[1].name, "far");
  EXPECT_EQ(read[1].losses[1].value, reports[1].losses[1].value);
  for (const std::filesystem::path& file : io::entries(folder_.path())) {
    EXPECT_THAT(testing::read_file(file), HasSubstr("far")) << file;
  }
}

TEST_F(LossTerms, ACheckpointInTheMiddleOfAnEpochHoldsBoth) {
  learn();
  const std::vector<EpochReport> whole = run();
  CheckpointFolder checkpoints(folder_ / "checkpoints", 1, nullptr);
  EXPECT_TRUE(run(checkpoints, &checkpoints, 2).empty());
  const config::Json losses = checkpoints.newest()->state().at("losses");
  EXPECT_EQ(losses.at("near").at("count").as_double(), 4) << "two batches of two rows";
  EXPECT_GT(losses.at("far").at("sum").as_double(), 0);
  EXPECT_NE(losses.at("far").at("count").as_double(), 4) << "of the rows' weights";

  const std::vector<EpochReport> resumed = run(checkpoints);
  ASSERT_EQ(resumed.size(), whole.size());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const std::size_t term : {0u, 1u}) {
      EXPECT_EQ(resumed[i].losses[term].value, whole[i].losses[term].value) << i;
    }
    EXPECT_EQ(resumed[i].training[0].count, 6);
  }
}

TEST_F(LossTerms, ACheckpointWithoutOneIsAnotherModels) {
  CheckpointFolder checkpoints(folder_ / "checkpoints", 1, nullptr);
  testing::LinearRegression other(context_, 2, DType::f64);  // of the same parameters
  Trainer trainer(context_, other, config_, data(), {}, 0);
  trainer.run({.epoch = nullptr, .should_continue = [&] {
                 checkpoints.save(trainer.steps(), trainer.checkpoint());
                 return false;
               }});
  EXPECT_THAT(testing::message_of<IoError>([&] { run(checkpoints); }),
              HasSubstr("after 1 steps has no loss 'near'"));
}

TEST_F(LossTerms, TheOneThatIsNotFiniteIsNamed) {
  const float infinity = std::numeric_limits<float>::infinity();
  other_[0] = infinity;
  EXPECT_THAT(testing::message_of<NonFiniteError>([&] { run(); }),
              HasSubstr("epoch 1: the loss 'far' is not finite"));
  other_[0] = 0;
  target_[5] = infinity;
  EXPECT_THAT(testing::message_of<NonFiniteError>([&] { run(); }),
              HasSubstr("epoch 1: the loss 'near' is not finite"));
}

}  // namespace
}  // namespace lacuna::experiments
