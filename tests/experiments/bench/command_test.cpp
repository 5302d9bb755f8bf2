#include "tests/experiments/program_test.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class BenchCommand : public ProgramTest {};

TEST_F(BenchCommand, ListsTheNamesAndRunsNothing) {
  EXPECT_THAT(output_of({"bench", "--list"}),
              AllOf(HasSubstr("autorec_step/ours\n"), HasSubstr("parse_ratings/copy\n")));
  EXPECT_EQ(lines_of(output_of({"bench", "parse_ratings/copy", "--list"})).size(), 2u);
  EXPECT_THAT(output_of({"bench", "--help"}),
              AllOf(HasSubstr("--repetitions"), HasSubstr("--threads"), HasSubstr("--json")));
}

TEST_F(BenchCommand, WrongUsageEndsWith2) {
  EXPECT_THAT(message_of(2, {"bench", "no_such_name"}),
              AllOf(HasSubstr("no_such_name"), HasSubstr("autorec_step/ours")));
  EXPECT_THAT(message_of(2, {"bench", "["}), HasSubstr("regular expression"));
  message_of(2, {"bench", "--repetitions", "0"});
  message_of(2, {"bench", "--device", "gpu"});
}

TEST_F(BenchCommand, TheJsonSaysWhereItWasMeasured) {
  const Json printed = config::parse_json(
      output_of({"bench", "^parse_ratings/copy$", "--repetitions", "1", "--json"}), "output");
  const Json& environment = printed.at("environment");
  EXPECT_FALSE(environment.at("date").as_string().empty());
  EXPECT_NE(environment.at("build").find("git_commit"), nullptr);
  EXPECT_FALSE(environment.at("machine").at("cpu").as_string().empty());
  const Json& report = printed.at("benchmarks").as_array().at(0);
  EXPECT_EQ(report.at("name").as_string(), "parse_ratings");
  EXPECT_GT(report.at("results").at("copy_gb_per_s").at("value").as_double(), 0);
}

TEST_F(BenchCommand, TheResultsAreSavedBesideWhatIsPrinted) {
  const std::string printed =
      output_of({"bench", "^parse_ratings/copy$", "--repetitions", "1", "--save", "results.json"});
  EXPECT_THAT(printed, HasSubstr("copy of 256 MiB"));
  const Json saved = config::parse_json(read_file(folder_ / "results.json"), "results.json");
  EXPECT_EQ(saved.at("benchmarks").as_array().at(0).at("name").as_string(), "parse_ratings");
}

TEST_F(BenchCommand, TinyShapesAreMarkedAsSuch) {
  const auto measured = [&](const std::vector<std::string>& more) {
    std::vector<std::string> line{"bench", "^mlp_step/ours$", "--repetitions", "1", "--json"};
    line.insert(line.end(), more.begin(), more.end());
    return config::parse_json(output_of(line), "output");
  };
  const Json tiny = measured({"--tiny", "--device", "emulated"});
  EXPECT_TRUE(tiny.at("tiny").as_bool());
  const Json& report = tiny.at("benchmarks").as_array().at(0);
  EXPECT_LT(report.at("shape").at("rows a batch").as_int64(), 10);
  EXPECT_FALSE(measured({}).at("tiny").as_bool());
}

TEST_F(BenchCommand, AProfilersRunSavesNoTimes) {
  const std::string printed =
      output_of({"bench", "^kernels/adam", "--tiny", "--profile", "--save", "results.json"});
  EXPECT_EQ(printed, "");
  const Json saved = config::parse_json(read_file(folder_ / "results.json"), "results.json");
  EXPECT_TRUE(saved.at("benchmarks").as_array().empty());
}

TEST_F(BenchCommand, ABenchmarkOfTheCpuRefusesOtherDevices) {
  EXPECT_THAT(message_of(2, {"bench", "^parse_ratings/copy$", "--device", "emulated"}),
              AllOf(HasSubstr("parse_ratings"), HasSubstr("'emulated'")));
}

}  // namespace
}  // namespace lacuna::experiments
