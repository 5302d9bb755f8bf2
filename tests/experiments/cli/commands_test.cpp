#include "tests/experiments/program_test.hpp"

namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class Commands : public ProgramTest {};

TEST_F(Commands, EveryShippedExperimentIsValid) {
  int found = 0;
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(LACUNA_SOURCE_DIR) / "experiments")) {
    if (entry.path().extension() != ".json") continue;
    ++found;
    EXPECT_THAT(output_of({"validate", entry.path().string()}), HasSubstr(": ok"));
  }
  EXPECT_GE(found, 5);
}

TEST_F(Commands, ValidateTakesOverrides) {
  output_of({"validate", "tiny.json", "model.hidden_units=3"});
  EXPECT_THAT(message_of(2, {"validate", "tiny.json", "model.hidden_unit=3"}),
              HasSubstr("'hidden_units'"));
}

TEST_F(Commands, SchemaIsStableJson) {
  const std::string out = output_of({"schema"});
  EXPECT_EQ(output_of({"schema"}), out);
  const Json schema = config::parse_json(out, "schema");
  EXPECT_NE(schema.at("properties").find("variants"), nullptr);
  EXPECT_THAT(output_of({"schema", "--text"}), HasSubstr("hidden_units"));
}

TEST_F(Commands, InfoNamesTheDevices) {
  EXPECT_THAT(output_of({"info"}), HasSubstr("devices"));
  const Json info = config::parse_json(output_of({"info", "--json"}), "info");
  EXPECT_EQ(info.at("devices").at("cpu").as_string(), "available");
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

TEST_F(Commands, AnUnavailableDeviceEndsWith2AndIsNamed) {
  for (const char* device : {"cuda", "emulated", "tpu"}) {
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
