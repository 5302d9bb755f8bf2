#include "experiments/tasks/rating_prediction/prediction_text.hpp"

#include <gtest/gtest.h>

namespace lacuna::experiments {
namespace {

RatingPredictions of_the_data() {
  return {.run = "run/seed-0",
          .number_users = true,
          .number_items = true,
          .list = {{"7", "30", 3.25f, false, "Say \"Hi\", You"}, {"8", "31", 0.1f, true, ""}}};
}

RatingPredictions of_a_new_user() {
  return {.run = "run/seed-0",
          .number_users = true,
          .number_items = true,
          .list = {{{}, "30", 3.25f, false, ""}}};
}

TEST(PredictionText, CsvQuotesTitlesAndKeepsAllDigits) {
  EXPECT_EQ(csv(of_the_data()),
            "user,item,prediction,cold,title\n"
            "7,30,3.25,false,\"Say \"\"Hi\"\", You\"\n"
            "8,31,0.1,true,\n");
  EXPECT_EQ(csv(of_a_new_user()), "item,prediction,cold\n30,3.25,false\n");
}

TEST(PredictionText, JsonLeavesOutWhatThereIsNot) {
  EXPECT_EQ(config::dump(to_json(of_the_data()), 0),
            R"({"run": "run/seed-0", "predictions": [)"
            R"({"user": 7, "item": 30, "prediction": 3.25, "cold": false, )"
            R"("title": "Say \"Hi\", You"}, )"
            R"({"user": 8, "item": 31, "prediction": 0.1, "cold": true, "title": null}]})");
  EXPECT_EQ(
      config::dump(to_json(of_a_new_user()), 0),
      R"({"run": "run/seed-0", "predictions": [{"item": 30, "prediction": 3.25, "cold": false}]})");
}

TEST(PredictionText, IdsMayBeTexts) {
  const RatingPredictions texts{
      .run = "r", .number_items = true, .list = {{"a, b", "007", 1.5f, false, ""}}};
  EXPECT_EQ(csv(texts), "user,item,prediction,cold\n\"a, b\",007,1.5,false\n");
  EXPECT_EQ(config::dump(to_json(texts).at("predictions"), 0),
            R"([{"user": "a, b", "item": "007", "prediction": 1.5, "cold": false}])");
}

TEST(PredictionText, TheTableStartsWithTheTitle) {
  EXPECT_EQ(table(of_the_data()),
            "title          user  item  prediction  cold\n"
            "-------------  ----  ----  ----------  ----\n"
            "Say \"Hi\", You     7    30      3.2500      \n"
            "                  8    31      0.1000  cold\n");
  EXPECT_EQ(table(of_a_new_user()),
            "item  prediction  cold\n"
            "----  ----------  ----\n"
            "30        3.2500      \n");
}

}  // namespace
}  // namespace lacuna::experiments
