#include "experiments/bench/mlp_step/mlp_step.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "experiments/bench/mlp_step/net_rows.hpp"
#include "runtime/train/trainer.hpp"
#include "tests/support/context.hpp"

namespace lacuna::experiments::bench {
namespace {

using testing::cpu_context;
using ::testing::SizeIs;

NetShape tiny(bool classes) {
  return {
      .inputs = 5, .hidden = {7}, .outputs = 3, .classes = classes, .batch_rows = 6, .batches = 4};
}

TEST(MlpStepBench, OurSideIsTheTrainersStep) {
  for (const bool classes : {true, false}) {
    const NetShape shape = tiny(classes);
    DeviceContext context = cpu_context();
    TrainingStep ours(context, setup_of(shape));
    const auto model = models::make_model(context, model_of(shape), facts_of(shape), net_seed);
    TrainConfig config = step_config(shape);
    config.epochs = 3;
    Trainer trainer(context, *model, config, rows_of(context, shape), Validate(), net_seed);
    std::vector<double> losses;
    trainer.run({.epoch = [&](const EpochReport& report) { losses.push_back(report.loss()); },
                 .should_continue = {}});
    ASSERT_THAT(losses, SizeIs(3));
    EXPECT_LT(losses.back(), losses.front());
    for (const double loss : losses) {
      for (std::int64_t batch = 0; batch < shape.batches; ++batch) ours.run();
      EXPECT_EQ(ours.loss(), loss);
    }
  }
}

TEST(MlpStepBench, ReportsAllSides) {
  const Report report = run(mlp_step(tiny(true)), 2, 3);
  ASSERT_THAT(report.samples, SizeIs(2));
  for (const Sample& sample : report.samples) EXPECT_THAT(sample.seconds, SizeIs(3));
  // X W, X^T dZ of both layers, dZ W^T of the second: 2 x 6 x (2 x 5 x 7 + 3 x 7 x 3).
  EXPECT_EQ(report.samples[0].operations, 1596);
  ASSERT_THAT(report.results, SizeIs(1));
  EXPECT_EQ(report.results[0].key, "ours_over_products");
  EXPECT_EQ(report.shape.at("layers").as_array().size(), 3U);
  EXPECT_EQ(report.shape.at("target").as_string(), "classes");
}

TEST(MlpStepBench, MakesOnlyWhatIsWanted) {
  const Report report = mlp_step_table(tiny(false)).run({1, 2, {"ours"}});
  ASSERT_THAT(report.samples, SizeIs(1));
  EXPECT_EQ(report.samples[0].side, "ours");
  EXPECT_TRUE(report.results.empty());
}

}  // namespace
}  // namespace lacuna::experiments::bench
