#include "experiments/tasks/rating_prediction/rating_probe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "tests/support/context.hpp"
#include "tests/support/count_model.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class ProbeTest : public ::testing::Test {
 protected:
  /// A row of so many training ratings for each of `known`, with one test rating of 4.5, whose
  /// column a last row knows.
  RatingTask task(const std::vector<std::int32_t>& known) {
    const std::int32_t last = *std::ranges::max_element(known);
    const auto rows = static_cast<std::int64_t>(known.size()) + 1;
    data::CsrArrays train{rows, last + 1, {0}, {}, {}};
    data::CsrArrays test{rows, last + 1, {0}, {}, {}};
    for (const std::int32_t count : known) {
      for (std::int32_t c = 0; c < count; ++c) {
        train.col.push_back(c);
        train.value.push_back(static_cast<float>(c));
      }
      train.row_ptr.push_back(train.nnz());
      test.col.push_back(last);
      test.value.push_back(4.5);
      test.row_ptr.push_back(test.nnz());
    }
    train.col.push_back(last);
    train.value.push_back(1);
    train.row_ptr.push_back(train.nnz());
    test.row_ptr.push_back(test.nnz());
    return {context_, {.ids = {}, .source = "", .checksum = "", .split = {train, test, test, {}}}};
  }

  std::optional<Probe> probe_of(const RatingTask& ratings, ProbeConfig config, float per_rating) {
    testing::CountModel model(per_rating, 0);
    const EvaluateConfig evaluate = RatingPredictionConfig{.probe = config};
    const DataConfig data = data::SyntheticSource{};
    return probe_ratings(context_, model, ratings, {"name", 3, data, evaluate});
  }

  DeviceContext context_ = testing::cpu_context();
};

TEST_F(ProbeTest, MasksRunFromOneRatingToAllOfTheRow) {
  const Probe found = probe_of(task({27}), {1, 7, 4}, 1).value();
  EXPECT_EQ(found.variant, "name");
  EXPECT_EQ(found.epoch, 3);
  EXPECT_THAT(found.known, ElementsAre(1, 3, 9, 27));
  ASSERT_THAT(found.draws, SizeIs(4));
  for (std::size_t level = 0; level < 4; ++level) {
    EXPECT_THAT(found.draws[level], SizeIs(7));
    EXPECT_THAT(found.draws[level], Each(static_cast<float>(found.known[level])));
  }
  ASSERT_THAT(found.pairs, SizeIs(1));
  EXPECT_EQ(found.pairs[0].actual, 4.5);
  EXPECT_THAT(found.pairs[0].mean, ElementsAre(1, 3, 9, 27)) << "not held to the range of ratings";
}

TEST_F(ProbeTest, EachPairIsOfAnotherRowAndHasTheSameLevels) {
  const Probe found = probe_of(task({40, 30, 20, 10, 9, 8, 7}), {3, 2, 3}, 1).value();
  ASSERT_THAT(found.pairs, SizeIs(3));
  std::set<std::string> rows;
  for (const ProbePair& pair : found.pairs) rows.insert(pair.first + pair.second);
  EXPECT_THAT(rows, SizeIs(3));
  EXPECT_THAT(found.known, ElementsAre(1, 4, 20)) << "of the rows with the most ratings";
  EXPECT_THAT(found.mean(), ElementsAre(1, 4, 20));
}

TEST_F(ProbeTest, NoMoreThanHalfOfTheRowsAreLookedAt) {
  EXPECT_THAT(probe_of(task({40, 30, 20, 10}), {200, 1, 2}, 1)->pairs, SizeIs(2));
}

TEST_F(ProbeTest, AShortRowHasFewerLevels) {
  EXPECT_THAT(probe_of(task({3}), {1, 2, 20}, 1)->known, ElementsAre(1, 2, 3));
  EXPECT_THAT(probe_of(task({1}), {1, 2, 20}, 1)->known, ElementsAre(1));
}

TEST_F(ProbeTest, ThereIsNoneWithoutAWarmTestPair) {
  const data::CsrArrays train{2, 2, {0, 1, 1}, {0}, {3}};
  const data::CsrArrays test{2, 2, {0, 1, 2}, {1, 0}, {4, 5}};
  const RatingTask cold{
      context_, {.ids = {}, .source = "", .checksum = "", .split = {train, test, test, {}}}};
  EXPECT_FALSE(probe_of(cold, {1, 2, 3}, 1));
}

TEST(ProbeSlope, IsThatOfLnCountFromTheSecondLevelOn) {
  const std::vector<std::int64_t> known{1, 2, 8, 32};
  std::vector<double> prediction{100};
  for (const double count : {2.0, 8.0, 32.0}) prediction.push_back(3 - 0.25 * std::log(count));
  EXPECT_NEAR(slope(known, prediction), -0.25, 1e-12);
  EXPECT_TRUE(std::isnan(slope({1, 2}, {3, 4}))) << "one level is no line";
}

Probe straight(const std::string& variant, int epoch, const std::vector<double>& slopes) {
  Probe probe{.variant = variant, .epoch = epoch, .known = {1, 2, 4}, .pairs = {}, .draws = {}};
  for (const double each : slopes) {
    const std::string name = std::to_string(probe.pairs.size());
    probe.pairs.push_back({name, "i", 4, {3, 3, 3 + each * std::log(2)}});
  }
  return probe;
}

TEST(ProbeSlope, HasAnIntervalOverPairs) {
  const metrics::Interval found = slope(straight("a", 1, {0.1, 0.3}));
  EXPECT_EQ(found.n, 2);
  EXPECT_NEAR(found.mean, 0.2, 1e-12);
  EXPECT_NEAR(found.half_width, 12.7062 * 0.1, 1e-4);
}

TEST(ProbeSlope, IsToldOfEachEpoch) {
  const std::vector<Probe> probes{straight("a", 0, {0, 0}), straight("a", 1, {0.1, 0.1}),
                                  straight("a", 9, {0.5, 0.5}), straight("b", 1, {-0.25, -0.25})};
  EXPECT_THAT(at_best(probes), SizeIs(2));
  const Finding finding = slopes_of(probes, rating_words);
  EXPECT_THAT(finding.text, HasSubstr("mean over 2 test pairs"));
  EXPECT_THAT(finding.text,
              HasSubstr("a    +0.0000 +- 0.0000  +0.1000 +- 0.0000  +0.5000 +- 0.0000\n"
                        "b                                          -0.2500 +- 0.0000\n"));
  const auto& slopes = finding.json.at("slopes").as_array();
  ASSERT_THAT(slopes, SizeIs(4));
  EXPECT_EQ(slopes[2].at("epoch").as_int64(), 9);
  EXPECT_NEAR(slopes[2].at("slope").at("mean").as_double(), 0.5, 1e-12);
}

}  // namespace
}  // namespace lacuna::experiments
