#include "experiments/tasks/rating_prediction/probe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/experiments/run/small_ratings.hpp"
#include "tests/support/context.hpp"
#include "tests/support/count_model.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::SizeIs;

class Probe : public ::testing::Test {
 protected:
  /// One row of `known` training ratings and one test rating of 4.5, whose column a second row
  /// knows.
  RatingTask task(std::int64_t known) {
    data::CsrArrays train{2, known + 1, {0, known}, {}, {}};
    for (std::int32_t c = 0; c < known; ++c) {
      train.col.push_back(c);
      train.value.push_back(static_cast<float>(c));
    }
    const auto last = static_cast<std::int32_t>(known);
    train.row_ptr.push_back(known + 1);
    train.col.push_back(last);
    train.value.push_back(1);
    const data::CsrArrays test{2, known + 1, {0, 1, 1}, {last}, {4.5}};
    return {context_, {.ids = {}, .source = "", .checksum = "", .split = {train, test, test, {}}}};
  }

  ProbeCurve curve(std::int64_t known, int draws, int levels) {
    return curve_of(task(known), draws, levels).value();
  }

  std::optional<ProbeCurve> curve_of(const RatingTask& ratings, int draws, int levels) {
    testing::CountModel model(1, 0);
    const RatingPredictionConfig config{.clip = false, .probe = ProbeConfig{draws, levels}};
    return probe(context_, model, ratings, config, "name");
  }

  DeviceContext context_ = testing::cpu_context();
};

TEST_F(Probe, MasksRunFromOneRatingToAllOfTheRow) {
  const ProbeCurve found = curve(27, 7, 4);
  EXPECT_EQ(found.variant, "name");
  EXPECT_EQ(found.actual, 4.5);
  EXPECT_THAT(found.known, ElementsAre(1, 3, 9, 27));
  ASSERT_THAT(found.prediction, SizeIs(4));
  for (std::size_t level = 0; level < 4; ++level) {
    EXPECT_THAT(found.prediction[level], SizeIs(7));
    EXPECT_THAT(found.prediction[level], Each(static_cast<float>(found.known[level])));
    EXPECT_EQ(found.mean(level), static_cast<double>(found.known[level]));
  }
}

TEST_F(Probe, AShortRowHasFewerLevels) {
  EXPECT_THAT(curve(3, 2, 20).known, ElementsAre(1, 2, 3));
  EXPECT_THAT(curve(1, 2, 20).known, ElementsAre(1));
}

TEST_F(Probe, ThereIsNoneWithoutAWarmTestPair) {
  const data::CsrArrays train{2, 2, {0, 1, 1}, {0}, {3}};
  const data::CsrArrays test{2, 2, {0, 1, 2}, {1, 0}, {4, 5}};
  const RatingTask cold{
      context_, {.ids = {}, .source = "", .checksum = "", .split = {train, test, test, {}}}};
  EXPECT_FALSE(curve_of(cold, 2, 3));
}

}  // namespace
}  // namespace lacuna::experiments
