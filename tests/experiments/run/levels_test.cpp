#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/config/json_reader.hpp"
#include "tests/experiments/program_test.hpp"

/// A model of levels, and averages of its weights, from a file to predictions.
namespace lacuna::experiments {
namespace {

using ::testing::HasSubstr;

class LevelsCommand : public ProgramTest {
 protected:
  LevelsCommand() {
    write_file(folder_ / "levels.json", R"({
      "data": { "type": "synthetic", "users": 60, "items": 40, "ratings": 800, "rating_step": 1,
                "vectors": "user" },
      "model": { "type": "cf_nade", "hidden_units": 6 },
      "train": { "epochs": 6, "patience": 0, "batch_size": 16, "weight_average": 0.9,
                 "optimizer": { "type": "adam", "learning_rate": 0.02 } },
      "device": "cpu"
    })");
  }

  std::string weights(const std::string& run) const {
    return read_file(folder_ / run / "seed-0/weights.safetensors");
  }
};

TEST_F(LevelsCommand, GoesOnWithTheSameBits) {
  output_of({"train", "levels.json", "output.dir=whole", "-q"});
  output_of({"train", "levels.json", "output.dir=run", "train.epochs=2", "-q"});
  EXPECT_NE(weights("run"), weights("whole"));
  output_of({"resume", "run", "train.epochs=6", "-q"});
  EXPECT_EQ(weights("run"), weights("whole"));
}

TEST_F(LevelsCommand, IsEvaluatedAsItWasTrained) {
  output_of({"train", "levels.json", "output.dir=run", "-q"});
  const auto result = config::read_json(folder_ / "run/seed-0/result.json");
  const auto again = config::parse_json(output_of({"evaluate", "run", "--json"}), "output");
  EXPECT_EQ(again.at("runs").as_array().at(0).at("test").at("rmse"), result.at("test").at("rmse"));
}

TEST_F(LevelsCommand, PredictsForAll) {
  output_of({"train", "levels.json", "output.dir=run", "-q"});
  EXPECT_THAT(output_of({"predict", "run", "--user", "3", "--top", "2"}), HasSubstr("prediction"));
  output_of({"predict", "run", "--all-users", "--top", "2", "--output", "top.csv"});
  EXPECT_EQ(lines_of(read_file(folder_ / "top.csv")).size(), 1U + 2 * 60);
}

TEST_F(LevelsCommand, TooManyLevelsAreNamed) {
  EXPECT_THAT(message_of(2, {"train", "levels.json", "output.dir=run", "data.rating_step=0.01"}),
              HasSubstr("model.levels: the training entries have more than 64 different values"));
  output_of({"train", "levels.json", "output.dir=rounded", "data.rating_step=0.01",
             "model.levels=9", "-q"});
}

}  // namespace
}  // namespace lacuna::experiments
