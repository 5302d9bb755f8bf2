#include "tests/experiments/program_test.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class NonFinite : public ProgramTest {};

TEST_F(NonFinite, ADivergingTrainingKeepsTheBestWeights) {
  const std::string message = message_of(
      4, {"train", "tiny.json", "output.dir=run", "model.activation=identity",
          "train.optimizer.learning_rate=1e12", "train.epochs=100", "evaluate.clip=false"});
  EXPECT_THAT(message, AllOf(HasSubstr("epoch "), HasSubstr("finite"),
                             HasSubstr("train.optimizer.learning_rate")));
  const std::string metrics = read_file(folder_ / "run/seed-0/metrics.jsonl");
  ASSERT_THAT(lines_of(metrics), Not(SizeIs(0)));
  EXPECT_THAT(metrics, AllOf(Not(HasSubstr("null")), Not(HasSubstr("nan"))));
  EXPECT_THAT(message, HasSubstr("epoch " + std::to_string(lines_of(metrics).size() + 1) + ": "));
  const Json saved = config::read_json(folder_ / "run/seed-0/result.json");
  EXPECT_THAT(saved.at("failure").as_string(), HasSubstr("learning_rate"));
  EXPECT_THAT(output_of({"evaluate", "run"}), HasSubstr("tiny"))
      << "with the weights that were kept";
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
