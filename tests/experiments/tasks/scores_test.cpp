#include "experiments/tasks/scores.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "runtime/config/json_reader.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::ElementsAre;

constexpr std::array<ScoreForm, 3> forms{
    {{.name = "accuracy", .metric = &metric::accuracy, .count_name = "rows", .column = "test"},
     {.name = "auroc", .metric = &metric::auroc, .count_name = "rows"},
     {.name = "rare_accuracy",
      .metric = &metric::accuracy,
      .count_name = "rare_rows",
      .column = "rare"}}};

TEST(TestScores, AreWrittenByNameAndThenCounted) {
  const TestScores scores{{&forms[0], 0.5, 10}, {&forms[1], std::nan(""), 10}, {&forms[2], 1, 2}};
  const config::Json json = to_json(scores);
  EXPECT_EQ(
      config::dump(json, 0),
      R"({"accuracy": 0.5, "auroc": null, "rare_accuracy": 1.0, "rows": 10, "rare_rows": 2})");
  const TestScores read = read_test_scores(forms, config::parse_json(config::dump(json), "file"));
  EXPECT_EQ(config::dump(to_json(read)), config::dump(json));
  EXPECT_EQ(value_of(read, forms[2]), 1);
  EXPECT_TRUE(std::isnan(value_of({}, forms[2])));
  EXPECT_THROW(read_test_scores(forms, config::Json::object({{"accuracy", 1}})), ConfigError);
}

TEST(ScoreForm, ColumnsAndShortNames) {
  EXPECT_THAT(columns_of(forms), ElementsAre(&forms[0], &forms[2]));
  EXPECT_EQ(short_name(forms[0]), "accuracy");
  EXPECT_EQ(short_name(forms[1]), "auroc");
  EXPECT_EQ(short_name(forms[2]), "rare");
}

TEST(ReadScore, FindsTheMetricByTheKey) {
  const config::Json json =
      config::Json::object({{"validation_luck", 7}, {"epochs", 3}, {"validation_nll", 0.25}});
  const Score score = read_score("validation", json);
  EXPECT_EQ(score.metric, &metric::nll);
  EXPECT_EQ(score.value, 0.25);
  EXPECT_THROW(read_score("train", json), ConfigError);
}

}  // namespace
}  // namespace lacuna::experiments
