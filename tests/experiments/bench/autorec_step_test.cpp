#include "experiments/bench/autorec_step/autorec_step.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "experiments/bench/autorec_step/dense_step.hpp"
#include "experiments/bench/autorec_step/sparse_step.hpp"
#include "runtime/train/trainer.hpp"
#include "tests/support/context.hpp"

namespace lacuna::experiments::bench {
namespace {

using testing::cpu_context;
using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr StepShape tiny{.users = 50, .items = 37, .ratings = 700, .units = 13};

/// Both sides on the same data, from the same weights.
struct BothSides {
  BothSides()
      : context(cpu_context()),
        data(context, tiny),
        sparse(context, data, tiny),
        dense(context, data, tiny) {}

  DeviceContext context;
  StepData data;
  SparseStep sparse;
  DenseStep dense;
};

double largest(std::span<const float> values) {
  double most = 0;
  for (const float value : values) most = std::max(most, std::abs(static_cast<double>(value)));
  return most;
}

void expect_close(const std::string& name, std::span<const float> actual,
                  std::span<const float> expected) {
  ASSERT_EQ(actual.size(), expected.size()) << name;
  const double scale = largest(expected);
  ASSERT_GT(scale, 0) << name;
  for (std::size_t i = 0; i < actual.size(); ++i) {
    ASSERT_NEAR(actual[i], expected[i], 2e-5 * scale) << name << "[" << i << "]";
  }
}

TEST(AutoRecStepBench, BothSidesHaveTheSameLossAndGradients) {
  BothSides both;
  const double sparse_loss = both.sparse.run();
  const double dense_loss = both.dense.run();
  EXPECT_GT(dense_loss, static_cast<double>(both.data.train.nnz()));  // ratings are 1 and more
  EXPECT_NEAR(sparse_loss, dense_loss, 1e-6 * dense_loss);
  for (std::size_t i = 0; i < 4; ++i) {
    const Parameter& sparse = *both.sparse.parameters()[i];
    const Parameter& dense = *both.dense.parameters()[i];
    expect_close(sparse.name, sparse.gradient.span<float>(), dense.gradient.span<float>());
  }
}

TEST(AutoRecStepBench, BothSidesTrainAlike) {
  BothSides both;
  const double first = both.sparse.run();
  both.dense.run();
  double sparse = first;
  double dense = first;
  for (int step = 0; step < 20; ++step) {
    sparse = both.sparse.run();
    dense = both.dense.run();
  }
  EXPECT_LT(dense, 0.9 * first);
  EXPECT_NEAR(sparse, dense, 1e-4 * dense);
}

TEST(AutoRecStepBench, OurSideIsTheTrainersStep) {
  BothSides both;
  const auto model = models::make_model(both.context, model_of(tiny), both.data.facts(), step_seed);
  TrainConfig config = step_config();
  config.epochs = 4;
  Trainer trainer(both.context, *model, config, both.data.rows, {}, step_seed);
  std::vector<double> losses;
  trainer.run(
      {.epoch =
           [&](const EpochReport& report) { losses.push_back(report.loss() + report.penalty); },
       .should_continue = {}});
  ASSERT_THAT(losses, SizeIs(4));
  for (const double loss : losses) EXPECT_DOUBLE_EQ(both.sparse.run(), loss);
}

TEST(AutoRecStepBench, BytesByFormula) {
  // 10 ratings x 4 rows x 3 units x 4 bytes, and 4 arrays of 50 parameters x 4 bytes.
  EXPECT_EQ(step_bytes(10, 3, 50), 480 + 800);
}

std::vector<std::string> keys(const Report& report) {
  std::vector<std::string> all;
  for (const Result& result : report.results) all.push_back(result.key);
  return all;
}

TEST(AutoRecStepBench, ReportsAllSides) {
  const Report report = run(autorec_step(tiny), 2, 3);
  EXPECT_THAT(keys(report), ElementsAre("dense_over_ours", "loss_difference", "step_gb",
                                        "step_gb_per_s", "copy_gb_per_s", "matmul_gflop_per_s",
                                        "dense_gflop_per_s", "products_share"));
  ASSERT_THAT(report.samples, SizeIs(4));
  for (const Sample& sample : report.samples) EXPECT_THAT(sample.seconds, SizeIs(3));
  EXPECT_EQ(report.shape.at("rows").as_int64(), 37);
  EXPECT_EQ(report.shape.at("columns").as_int64(), 50);
  EXPECT_EQ(report.shape.at("ratings").as_int64(), 598);  // 90 % of 95 %, rounded twice
  EXPECT_EQ(report.shape.at("units").as_int64(), 13);
}

TEST(AutoRecStepBench, OnlyTheDefaultShapeIsHeldToMarksOfSpeed) {
  const Report report = autorec_step(tiny).run({2, 1, {"ours", "dense", "matmul"}});
  for (const Result& result : report.results) {
    EXPECT_EQ(result.bound.has_value(), result.key == "loss_difference") << result.key;
  }
  EXPECT_TRUE(report.passed());
}

TEST(AutoRecStepBench, MakesOnlyWhatIsWanted) {
  const Report report = autorec_step(tiny).run({1, 2, {"ours"}});
  ASSERT_THAT(report.samples, SizeIs(1));
  EXPECT_EQ(report.samples[0].side, "ours");
  EXPECT_THAT(keys(report), ElementsAre("step_gb", "step_gb_per_s"));
}

}  // namespace
}  // namespace lacuna::experiments::bench
