#include "runtime/train/training_state.hpp"

#include <gtest/gtest.h>

#include "runtime/config/json_reader.hpp"
#include "runtime/config/write.hpp"
#include "runtime/error.hpp"

namespace lacuna {
namespace {

TEST(TrainingState, ComesBack) {
  TrainingState state;
  state.epochs = state.best_epoch = 3;
  state.metric = "auroc";
  state.best_validation = 0.75;
  state.losses["loss"] = {12.5, 40};
  const config::Json json = to_json(state);
  EXPECT_EQ(to_json(read_training_state(json)), json);
}

TEST(TrainingState, OfOlderVersionsIsOfRmse) {
  const auto read = [](const char* text) {
    return read_training_state(config::parse_json(text, "manifest"));
  };
  const TrainingState state = read(R"({"epochs": 2, "best_epoch": 1, "loss_sum": 7.5,
      "best_validation_rmse": 0.5, "best_raw_rmse": 0.25})");
  EXPECT_EQ(state.metric, "rmse");
  EXPECT_EQ(state.best_validation, 0.5);
  EXPECT_EQ(state.best_watched, 0.25);
  EXPECT_EQ(state.losses.at("loss").sum, 7.5);
  EXPECT_EQ(state.losses.at("loss").count, std::nullopt) << "it was not counted";
  EXPECT_EQ(read(R"({"epochs": 0, "best_validation_rmse": null, "best_raw_rmse": null})").metric,
            "");
}

TEST(TrainingState, WithAMetricThatIsNoneIsRefused) {
  EXPECT_THROW(
      read_training_state(config::parse_json(R"({"epochs": 1, "metric": "luck"})", "manifest")),
      ConfigError);
}

}  // namespace
}  // namespace lacuna
