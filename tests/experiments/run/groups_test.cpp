#include "experiments/run/groups.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "experiments/tasks/rating_prediction/rating_scores.hpp"
#include "experiments/tasks/tasks.hpp"
#include "runtime/metrics/score.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class ResultGroups : public ::testing::Test {
 protected:
  ResultGroups() { results_.task = &task_kind(RatingPredictionConfig{}); }

  void add(const std::string& variant, std::uint64_t seed, double rmse, Origin origin) {
    Outcome outcome{
        .variant = variant,
        .seed = seed,
        .training = {.best = {.metric = &metric::rmse, .value = rmse}},
        .test =
            TestScores{{&rmse_score, rmse, 9}, {&mae_score, rmse, 9}, {&warm_rmse_score, rmse, 9}}};
    results_.outcomes.push_back(std::move(outcome));
    results_.origins[{variant, seed}] = std::move(origin);
  }

  Results results_;
};

TEST_F(ResultGroups, TrainingsOnOneSplitAreNotSplits) {
  for (const std::uint64_t seed : {0u, 1u, 2u}) add("a", seed, 1, {seed, 7, "t"});
  EXPECT_EQ(what_varies(results_, groups_of(results_)[0]), "3 trainings on one split");
  EXPECT_THAT(interval_notes(results_), ElementsAre(HasSubstr("by Student's t of the mean over 3 "
                                                              "trainings on one split; what")));
}

TEST_F(ResultGroups, OfDataWithTheirOwnSplitNoOtherIsMissed) {
  for (const std::uint64_t seed : {0u, 1u}) add("a", seed, 1, {seed, std::nullopt, "t"});
  EXPECT_THAT(interval_notes(results_),
              ElementsAre(::testing::EndsWith("2 trainings on the data's own split")));
}

TEST_F(ResultGroups, SplitsAndBothAreToldApart) {
  for (const std::uint64_t seed : {0u, 1u}) add("a", seed, 1, {4, seed, "t"});
  for (const std::uint64_t seed : {0u, 1u}) add("b", seed, 1, {seed, seed, "t"});
  EXPECT_THAT(interval_notes(results_),
              ElementsAre(HasSubstr("2 splits, trained with one seed"),
                          HasSubstr("2 runs, each with a split and a training seed of its own")));
}

TEST_F(ResultGroups, ARunByItselfHasNoInterval) {
  add("a", 0, 1, {0, 0, "t"});
  EXPECT_THAT(interval_notes(results_), IsEmpty());
  EXPECT_EQ(to_json(results_).at("summary").as_array()[0].find("interval"), nullptr);
  EXPECT_THAT(table(results_), Not(HasSubstr("+-")));
}

TEST_F(ResultGroups, TheFirstVariantMinusTheOthersRunByRun) {
  for (const std::uint64_t seed : {0u, 1u}) {
    const auto noise = 10.0 * static_cast<double>(seed);
    const std::string test = "split " + std::to_string(seed);
    add("a", seed, noise + 1, {seed, seed, test});
    add("b", seed, noise + 3, {seed, seed, test});
    add("c", seed, noise, {seed, seed, seed == 0 ? test : "another"});
  }
  const std::vector<Difference> found = differences_to_first(results_);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].other, "b");
  EXPECT_EQ(found[0].runs, 2);
  EXPECT_EQ(found[0].scores[0].second.mean, -2);
  EXPECT_EQ(found[0].scores[0].second.half_width, 0);
  EXPECT_EQ(found[1].runs, 1) << "only one of the tests is the same";
  EXPECT_THAT(table(results_), HasSubstr("a - b                  -2.0000 +- 0.0000"));
  EXPECT_THAT(table(results_), Not(HasSubstr("a - c"))) << "one run has no interval";
}

TEST_F(ResultGroups, AnOptionalScoreHasAColumnWhereARunHasIt) {
  add("a", 0, 1, {0, 0, "t"});
  add("b", 0, 1, {0, 0, "t"});
  EXPECT_THAT(table(results_), Not(HasSubstr("NDCG")));
  results_.outcomes[1].test->push_back({&ndcg_score, 0.25, 7});
  EXPECT_THAT(table(results_), AllOf(HasSubstr("NDCG@k"), HasSubstr("0.2500")));
  EXPECT_EQ(columns_of(results_).back(), &ndcg_score);
}

TEST_F(ResultGroups, NothingIsSubtractedWhereTheTestIsNotKnown) {
  add("a", 0, 1, {0, 0, ""});
  add("b", 0, 1, {0, 0, ""});
  EXPECT_THAT(differences_to_first(results_), IsEmpty());
}

TEST_F(ResultGroups, JsonSaysWhatIntervalsAreOver) {
  for (const std::uint64_t seed : {0u, 1u}) {
    add("a", seed, 1, {seed, 0, "t"});
    add("b", seed, 2, {seed, 0, "t"});
  }
  const config::Json json = to_json(results_);
  const config::Json& difference = json.at("differences").as_array().at(0);
  EXPECT_EQ(difference.at("test_rmse").at("mean").as_double(), -1);
  for (const config::Json* line : {&json.at("summary").as_array()[0], &difference}) {
    EXPECT_EQ(line->at("interval").at("of").as_string(), "mean over 2 trainings on one split");
    EXPECT_EQ(line->at("interval").at("level").as_double(), 0.95);
    EXPECT_EQ(line->at("interval").at("by").as_string(), "Student's t");
  }
}

}  // namespace
}  // namespace lacuna::experiments
