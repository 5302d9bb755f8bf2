#include "experiments/tasks/rating_prediction/cell_predictions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "runtime/error.hpp"
#include "tests/experiments/run/small_ratings.hpp"
#include "tests/support/bias_model.hpp"
#include "tests/support/context.hpp"
#include "tests/support/count_model.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CellPredictions : public ::testing::Test {
 protected:
  std::vector<float> values(const RatingPredictionConfig& config, const std::vector<Cell>& cells) {
    testing::CountModel model(10);
    std::vector<float> found;
    cold_.clear();
    for (const CellPrediction& prediction :
         predict_cells(context_, model, task_, config, task_.dataset().split.train, cells)) {
      found.push_back(prediction.value);
      cold_.push_back(prediction.cold);
    }
    return found;
  }

  DeviceContext context_ = testing::cpu_context();
  RatingTask task_{context_, small_ratings()};
  std::vector<bool> cold_;
};

// Rows 0 and 1 have two training ratings, row 2 none, column 3 none.
TEST_F(CellPredictions, ComeInTheOrderAskedForRepeatsIncluded) {
  const RatingPredictionConfig config{.clip = false, .cold = ColdPolicy::model, .probe = {}};
  EXPECT_THAT(values(config, {{2, 1}, {0, 2}, {2, 0}, {0, 2}, {1, 3}}),
              ElementsAre(1, 22, 0, 22, 23));
  EXPECT_THAT(cold_, ElementsAre(true, false, true, false, true));
  EXPECT_THAT(values(config, {}), IsEmpty());
}

TEST_F(CellPredictions, FollowTheRuleOfTheEvaluation) {
  EXPECT_THAT(values({}, {{2, 1}, {0, 2}, {1, 3}}), ElementsAre(3, 4, 3)) << "mean 3, at most 4";
  EXPECT_THAT(values({.cold = 1.5, .probe = {}}, {{2, 1}}), ElementsAre(1.5));
}

TEST_F(CellPredictions, MayStartFromOtherRatingsThanTheTasks) {
  testing::CountModel model(10);
  const data::CsrArrays known{1, 4, {0, 3}, {0, 1, 3}, {1, 2, 3}};
  const RatingPredictionConfig config{.clip = false, .probe = {}};
  const auto found = predict_cells(context_, model, task_, config, known, {{0, 2}, {0, 3}});
  EXPECT_EQ(found[0].value, 32);
  EXPECT_FALSE(found[0].cold);
  EXPECT_EQ(found[1].value, 3) << "no training rating is in column 3";
  EXPECT_EQ(found[1].raw, 33);
  EXPECT_TRUE(found[1].cold);
}

TEST_F(CellPredictions, ThatAreNotFiniteAreRefused) {
  testing::BiasModel model(context_, std::numeric_limits<float>::quiet_NaN());
  EXPECT_THAT(testing::message_of<NonFiniteError>([&] {
                predict_cells(context_, model, task_, {}, task_.dataset().split.train, {{0, 1}});
              }),
              ::testing::HasSubstr("NaN"));
}

}  // namespace
}  // namespace lacuna::experiments
