#include "tests/experiments/program_test.hpp"

namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class Commands : public ProgramTest {};

TEST_F(Commands, EveryShippedExperimentIsValid) {
  const std::vector<fs::path> shipped = testing::shipped_experiments();
  EXPECT_GE(shipped.size(), 5U);
  for (const fs::path& file : shipped) {
    EXPECT_THAT(output_of({"validate", file.string()}), HasSubstr(": ok"));
  }
}

TEST_F(Commands, ValidateTakesOverrides) {
  output_of({"validate", "tiny.json", "model.hidden_units=3"});
  EXPECT_THAT(message_of(2, {"validate", "tiny.json", "model.hidden_unit=3"}),
              HasSubstr("'hidden_units'"));
}

TEST_F(Commands, ValidateFindsWhatTrainWouldRefuse) {
  EXPECT_THAT(message_of(2, {"validate", "tiny.json", R"(train.l2.on=["decoder.wieght"])"}),
              HasSubstr("decoder.weight"));
  EXPECT_THAT(message_of(2, {"validate", "tiny.json", "device=gpu"}), HasSubstr("gpu"));
  EXPECT_THAT(message_of(2, {"validate", "tiny.json", "data.test_share=1"}),
              HasSubstr("data.test_share"));
}

TEST_F(Commands, ATextIsWhatWasTyped) {
  output_of({"train", "tiny.json", "-q", "name=20240612", "output.dir=007", "train.epochs=1"});
  EXPECT_EQ(config::read_json(folder_ / "007/results.json").at("name").as_string(), "20240612");
  output_of({"train", "tiny.json", "-q", "name=1e5", "output.dir=1e5", "train.epochs=1"});
  EXPECT_EQ(config::read_json(folder_ / "1e5/results.json").at("name").as_string(), "1e5");
  EXPECT_THAT(message_of(3, {"train", "tiny.json", "--dry-run", "data.type=csv", "data.path=2012",
                             "data={\"type\": \"csv\", \"path\": \"x\"}", "data.path=2012"}),
              HasSubstr("'2012'"));
}

TEST_F(Commands, AChangeOfWhatIsAbsentStartsFromTheDefault) {
  write_file(folder_ / "short.json", R"({
    "data": { "type": "synthetic", "users": 60, "items": 40, "ratings": 800 },
    "model": { "type": "autorec" } })");
  output_of({"train", "short.json", "-q", "output.dir=run", "train.epochs=1",
             "train.optimizer.learning_rate=0.003", "evaluate.clip=false"});
  const Json resolved = config::read_json(folder_ / "run/seed-0/resolved.json");
  EXPECT_EQ(resolved.at("train").at("optimizer").at("type").as_string(), "adam");
  EXPECT_EQ(resolved.at("train").at("optimizer").at("learning_rate").as_double(), 0.003);
  output_of(
      {"validate", "short.json", "model.input.type=sparsity_normalization", "model.input.k=10"});
  output_of(
      {"validate", "short.json", R"(variants={"a": {"train.optimizer.learning_rate": 0.1}})"});
  EXPECT_THAT(message_of(2, {"validate", "short.json", "train.optimizer.momentum=0.5"}),
              AllOf(HasSubstr("'adam', the default"), HasSubstr("one of 'sgd', 'rmsprop' has it"),
                    HasSubstr("train.optimizer.type")));
  EXPECT_THAT(message_of(2, {"validate", "short.json", "train.schedule.every=5"}),
              AllOf(HasSubstr("'step' has it"), HasSubstr("train.schedule.type")));
  write_file(folder_ / "empty.json", R"({ "model": { "type": "autorec" } })");
  EXPECT_THAT(message_of(2, {"validate", "empty.json", "data.path=x"}),
              AllOf(HasSubstr("data.type: this key is required"), HasSubstr("'movielens'")));
}

TEST_F(Commands, DryRunReadsTheRatingsAndLeavesNothing) {
  EXPECT_THAT(output_of({"train", "tiny.json", "--dry-run"}),
              HasSubstr("60 rows x 40 columns, 684 training ratings"));
  EXPECT_THAT(message_of(3, {"train", "tiny.json", "--dry-run",
                             R"(data={"type": "csv", "path": "none.csv"})"}),
              HasSubstr("none.csv"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "runs"));
}

TEST_F(Commands, AFailedStartLeavesNoFolder) {
  message_of(3, {"train", "tiny.json", R"(data={"type": "csv", "path": "none.csv"})",
                 "output.dir=deep/down/run"});
  EXPECT_FALSE(std::filesystem::exists(folder_ / "deep"));
  output_of({"train", "tiny.json", "output.dir=deep/down/run"});
  EXPECT_TRUE(std::filesystem::exists(folder_ / "deep/down/run/results.json"));
}

TEST_F(Commands, EvaluateLeavesOutRunsWithoutAResult) {
  output_of({"train", "tiny.json", "seeds=2", "output.dir=run"});
  std::filesystem::remove(folder_ / "run/seed-1/result.json");
  const ProgramResult result = lacuna({"evaluate", "run", "--json"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.err, HasSubstr("seed-1: left out"));
  EXPECT_EQ(config::parse_json(result.out, "output").at("runs").as_array().size(), 1u);
}

TEST_F(Commands, EachDataSetHasItsBaselines) {
  const std::string table =
      output_of({"train", "tiny.json", R"(variants={"a": {}, "b": {"data.noise": 0.1}})"});
  EXPECT_THAT(table, HasSubstr("noise floor [a]"));
  EXPECT_THAT(table, HasSubstr("noise floor [b]"));
}

TEST_F(Commands, SchemaIsStableJson) {
  const std::string out = output_of({"schema"});
  EXPECT_EQ(output_of({"schema"}), out);
  const Json schema = config::parse_json(out, "schema");
  EXPECT_NE(schema.at("properties").find("variants"), nullptr);
  EXPECT_THAT(output_of({"schema", "--text"}), HasSubstr("hidden_units"));
}

TEST_F(Commands, HelpAndVersionSucceed) {
  EXPECT_THAT(output_of({"--help"}), AllOf(HasSubstr("train"), HasSubstr("Exit codes")));
  EXPECT_THAT(output_of({"train", "--help"}), HasSubstr("--dry-run"));
  EXPECT_THAT(output_of({"--version"}), ::testing::StartsWith("lacuna "));
}

TEST_F(Commands, WrongUsageEndsWith2) {
  for (const auto& arguments :
       std::vector<std::vector<std::string>>{{},
                                             {"trian"},
                                             {"train"},
                                             {"evaluate"},
                                             {"train", "tiny.json", "--threads", "-1"},
                                             {"train", "tiny.json", "--unknown"},
                                             {"--unknown"}}) {
    const ProgramResult result = lacuna(arguments);
    EXPECT_EQ(result.exit_code, 2) << ::testing::PrintToString(arguments);
    EXPECT_FALSE(result.err.empty());
  }
}

TEST_F(Commands, AnUnknownDeviceEndsWith2AndIsNamed) {
  for (const char* device : {"gpu", "tpu"}) {
    EXPECT_THAT(message_of(2, {"train", "tiny.json", "--device", device}),
                AllOf(HasSubstr(device), HasSubstr("cpu")));
    EXPECT_THAT(message_of(2, {"train", "tiny.json", "--dry-run", "--device", device}),
                HasSubstr(device));
    EXPECT_THAT(message_of(2, {"evaluate", ".", "--device", device}), HasSubstr(device));
  }
  EXPECT_FALSE(fs::exists(folder_ / "runs"));
}

TEST_F(Commands, SeveralSeedsGiveAMeanAndAnInterval) {
  const Json printed = config::parse_json(
      output_of({"train", "comparison.json", "seeds=3", "output.dir=run", "--json"}), "output");
  EXPECT_THAT(printed.at("runs").as_array(), SizeIs(6));
  const Json::Array& summary = printed.at("summary").as_array();
  ASSERT_THAT(summary, SizeIs(2));
  EXPECT_EQ(summary[0].at("variant").as_string(), "with SN");
  EXPECT_EQ(summary[0].at("seeds").as_int64(), 3);
  double mean = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const Json& run = printed.at("runs").as_array()[i];
    EXPECT_EQ(run.at("seed").as_int64(), static_cast<std::int64_t>(i));
    mean += run.at("test").at("rmse").as_double() / 3;
  }
  EXPECT_NEAR(summary[0].at("test_rmse").at("mean").as_double(), mean, 1e-12);
  EXPECT_GT(summary[0].at("test_rmse").at("half_width_95").as_double(), 0);
}

TEST_F(Commands, TheTableShowsMeanAndInterval) {
  EXPECT_THAT(output_of({"train", "tiny.json", "seeds=[4,9]", "output.dir=run"}),
              HasSubstr(" +- "));
  EXPECT_TRUE(fs::exists(folder_ / "run/seed-4/weights.safetensors"));
  EXPECT_TRUE(fs::exists(folder_ / "run/seed-9/weights.safetensors"));
}

}  // namespace
}  // namespace lacuna::experiments
