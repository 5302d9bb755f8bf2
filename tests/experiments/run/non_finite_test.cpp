#include <fmt/ranges.h>

#include "runtime/data/split_rows.hpp"
#include "tests/experiments/table_experiment.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class NonFinite : public TableTest {
 protected:
  void expect_best_weights_kept(const std::vector<std::string>& training) const;
};

void NonFinite::expect_best_weights_kept(const std::vector<std::string>& training) const {
  const std::string message = message_of(4, training);
  EXPECT_THAT(message, AllOf(HasSubstr("epoch "), HasSubstr("finite"),
                             HasSubstr("train.optimizer.learning_rate")));
  const std::string metrics = read_file(folder_ / "run/seed-0/metrics.jsonl");
  ASSERT_THAT(lines_of(metrics), Not(SizeIs(0)));
  EXPECT_THAT(metrics, AllOf(Not(HasSubstr("null")), Not(HasSubstr("nan"))));
  EXPECT_THAT(message, HasSubstr("epoch " + std::to_string(lines_of(metrics).size() + 1) + ": "));
  const Json saved = config::read_json(folder_ / "run/seed-0/result.json");
  EXPECT_THAT(saved.at("failure").as_string(), HasSubstr("learning_rate"));
  EXPECT_THAT(output_of({"evaluate", "run"}),
              HasSubstr(std::filesystem::path(training.at(1)).stem().string()))
      << "with the weights that were kept";
}

TEST_F(NonFinite, ADivergingTrainingKeepsTheBestWeights) {
  expect_best_weights_kept({"train", "tiny.json", "output.dir=run", "model.activation=identity",
                            "train.optimizer.learning_rate=1e12", "train.epochs=100",
                            "evaluate.clip=false"});
}

TEST_F(NonFinite, ADivergingTrainingOnATableKeepsTheBestWeights) {
  expect_best_weights_kept({"train", "table.json", "output.dir=run", "train.batch_size=0",
                            R"(model.layers=[{"units": 6, "activation": "identity"}])",
                            "train.optimizer.learning_rate=1e15"});
}

/// Test rows are looked at when the training is over: it must not be lost.
TEST_F(NonFinite, AnExtremeTestRowOfATableEndsWith4AndKeepsTheWeights) {
  const auto test_row = static_cast<std::size_t>(data::split_rows(60, {0.2, 0.2, 0}).test.front());
  std::vector<std::string> lines = lines_of(small_table());
  lines.at(1 + test_row) = "3e38,3e38,red,1.25";
  write_file(folder_ / "table.csv", fmt::format("{}\n", fmt::join(lines, "\n")));
  for (const std::string type : {"regression", "classification"}) {
    const std::string kind = type == "regression" ? "number" : "class";
    const std::string message =
        message_of(4, {"train", "table.json", "output.dir=" + type, "evaluate.type=" + type,
                       "data.target_kind=" + kind, "model.input.k=1000",
                       R"(model.layers=[{"units": 6, "activation": "identity"}])"});
    EXPECT_THAT(message, HasSubstr("NaN or infinity for test rows"));
    const Json saved = config::read_json(folder_ / type / "seed-0/result.json");
    EXPECT_THAT(saved.at("failure").as_string(), HasSubstr("test rows"));
    EXPECT_THAT(message_of(4, {"evaluate", type}), HasSubstr("test rows"));
  }
}

TEST_F(NonFinite, ExtremeRatingsAreNamedInTheFirstEpoch) {
  std::string csv = "user,item,rating\n";
  for (int i = 0; i < 100; ++i) {
    csv += std::to_string(i % 10) + "," + std::to_string(i / 10) + ",3e38\n";
  }
  write_file(folder_ / "ratings.csv", csv);
  EXPECT_THAT(message_of(4, {"train", "tiny.json", R"(data={"type": "csv", "path": "ratings.csv"})",
                             "output.dir=run"}),
              AllOf(HasSubstr("epoch 1: "), HasSubstr("extreme values in the data")));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "run/seed-0/weights.safetensors"));
  EXPECT_THAT(message_of(5, {"evaluate", "run"}), HasSubstr("no run with result.json"));
}

}  // namespace
}  // namespace lacuna::experiments
