#include "runtime/train/objective.hpp"

#include <gtest/gtest.h>

#include "runtime/train/trainer.hpp"
#include "tests/models/configurations.hpp"
#include "tests/support/context.hpp"

namespace lacuna::testing {
namespace {

Configuration net(double dropout) {
  return mlp("net", models::ZeroImputation{},
             {.units = 12,
              .dropout = dropout,
              .normalize = {},
              .penalties = {models::L1Penalty{.weight = 0.1}}});
}

/// What the first full-batch step of a training reports: the loss of the initial weights.
double first_loss(DeviceContext& context, Model& model, const DeviceRows& rows) {
  const TrainConfig config{
      .epochs = 1, .patience = 0, .optimizer = AdamConfig{}, .schedule = {}, .l2 = {}};
  double loss = 0;
  Trainer(context, model, config, rows, {}, 6)
      .run({.epoch = [&](const EpochReport& report) { loss = report.loss(); },
            .should_continue = {}});
  return loss;
}

TEST(Objective, IsTheWholeLossOfRowsWithNothingDropped) {
  DeviceContext context = cpu_context();
  const Configuration dropping = net(0.9);
  const Configuration plain = net(0);
  const DeviceRows rows = rows_of(context, plain.rows);
  const auto first = models::make_model(context, dropping.model, facts_of(plain.rows), 5);
  const auto second = models::make_model(context, plain.model, facts_of(plain.rows), 5);
  Objective objective(context, *first, rows);
  const double value = objective.value();
  EXPECT_EQ(value, Objective(context, *second, rows).value()) << "the weights are the same";
  EXPECT_EQ(value, objective.value());
  EXPECT_NEAR(value, first_loss(context, *second, rows), 1e-6 * value);
}

TEST(Objective, OfModelsWithoutOneIsAnError) {
  DeviceContext context = cpu_context();
  const Configuration machine = rbm("Rbm", [](models::RbmConfig&) {});
  const auto model = models::make_model(context, machine.model, facts_of(machine.rows), 5);
  EXPECT_THROW(Objective(context, *model, rows_of(context, machine.rows)), std::logic_error);
}

}  // namespace
}  // namespace lacuna::testing
