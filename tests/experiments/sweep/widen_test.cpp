#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "experiments/experiment_json.hpp"
#include "experiments/sweep/candidates.hpp"
#include "runtime/config/json_reader.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::ElementsAre;

constexpr const char* rate = "train.optimizer.learning_rate";

Plan plan(int widen) {
  const Experiment experiment = parse_experiment(config::parse_json(
      R"({"data": {"type": "synthetic_table"}, "model": {"type": "mlp"},
          "evaluate": {"type": "regression"},
          "sweep": {"grid": {"train.optimizer.learning_rate": [0.001, 0.01, 0.1]}, "widen": )" +
          std::to_string(widen) + "}}",
      "experiment"));
  return {.name = "plan",
          .variants = {{"a", experiment}, {"b", experiment}},
          .seeds = {0},
          .device = "cpu",
          .output = {}};
}

/// Searches where arm "a" is best at `a`, "b" at `b`; returns the rates that were tried, by round.
std::vector<std::vector<double>> tried(int widen, double a, double b) {
  std::vector<std::vector<double>> rounds;
  search(plan(widen), [&](const Plan& launched, int round) {
    EXPECT_EQ(round, std::ssize(rounds) + 1);
    auto& rates = rounds.emplace_back();
    std::vector<Outcome> outcomes;
    for (const auto& [name, experiment] : launched.variants) {
      const double value = std::get<AdamConfig>(experiment.train.optimizer).learning_rate;
      rates.push_back(value);
      Outcome outcome{.variant = name};
      outcome.training.best = {&metric::rmse,
                               std::abs(std::log(value / (name.starts_with("a") ? a : b)))};
      outcomes.push_back(outcome);
    }
    return std::optional(outcomes);
  });
  return rounds;
}

TEST(Widened, NothingWhereTheChoiceLiesInside) {
  EXPECT_THAT(tried(3, 0.01, 0.01), ElementsAre(ElementsAre(0.001, 0.01, 0.1, 0.001, 0.01, 0.1)));
}

TEST(Widened, GoesOnAtTheEdgeForThatArmUntilTheBestLiesInside) {
  const auto rounds = tried(3, 0.0001, 0.01);
  ASSERT_EQ(rounds.size(), 3U);
  EXPECT_THAT(rounds[1], ElementsAre(0.0001));
  EXPECT_THAT(rounds[2], ElementsAre(0.00001));
}

TEST(Widened, EndsAfterSoManyValues) {
  EXPECT_EQ(tried(0, 1e-9, 0.01).size(), 1U);
  EXPECT_EQ(tried(2, 1e-9, 0.01).size(), 3U);
  EXPECT_THAT(tried(1, 1e-9, 1).back(), ElementsAre(0.0001, 1));
}

TEST(Search, EndsWhereALaunchGivesNothing) {
  const auto nothing = [](const Plan&, int) -> std::optional<std::vector<Outcome>> { return {}; };
  EXPECT_FALSE(search(plan(1), nothing));
}

TEST(Search, ChoosesAmongAllRounds) {
  const auto found = search(plan(1), [](const Plan& launched, int) {
    std::vector<Outcome> outcomes;
    for (const auto& [name, experiment] : launched.variants) {
      Outcome outcome{.variant = name};
      outcome.training.best = {&metric::rmse,
                               std::get<AdamConfig>(experiment.train.optimizer).learning_rate};
      outcomes.push_back(outcome);
    }
    return std::optional(outcomes);
  });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->candidates.size(), 8U);
  EXPECT_EQ(found->outcomes.size(), 8U);
  for (const Choice& choice : found->choices) {
    EXPECT_EQ(choice.changes.at(rate).as_double(), 0.0001) << choice.arm;
  }
  EXPECT_THAT(at_edge(*found), ElementsAre("a", "b"));
  Search inside = *found;
  inside.choices.front().changes[rate] = 0.01;
  EXPECT_THAT(at_edge(inside), ElementsAre("b"));
}

}  // namespace
}  // namespace lacuna::experiments
