#include <fmt/format.h>

#include "tests/experiments/report/report_command.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

/// A run that a constant beats says so wherever its scores are told.
class Remarks : public ReportCommand {
 protected:
  ProgramResult train_badly(std::vector<std::string> more) const {
    more.insert(more.begin(), {"train", "tiny.json", "output.dir=run", "train.epochs=1",
                               "train.optimizer.learning_rate=1e-9"});
    return lacuna(more);
  }
  const char* const remark_ =
      "warning: on validation ratings the training mean does no worse; raise train.epochs";
};

TEST_F(Remarks, StandInTheJsonDocument) {
  const ProgramResult printed = train_badly({"--json"});
  EXPECT_THAT(printed.err, IsEmpty());
  for (const Json& results : {config::parse_json(printed.out, "output"),
                              config::read_json(folder_ / "run/results.json")}) {
    const Json& remarks = results.at("runs").as_array().at(0).at("remarks");
    ASSERT_EQ(remarks.as_array().size(), 1u);
    EXPECT_THAT(remarks.as_array()[0].as_string(), StartsWith(remark_));
  }
}

TEST_F(Remarks, StandBelowTheTableOfAQuietRunToo) {
  const ProgramResult printed = train_badly({"-q"});
  EXPECT_THAT(printed.err, IsEmpty());
  EXPECT_THAT(printed.out, HasSubstr(std::string("\ntiny, seed 0: ") + remark_));
  EXPECT_THAT(output_of({"resume", "run", "-q"}), HasSubstr(remark_)) << "read back";
  EXPECT_THAT(report_of({"run"}),
              HasSubstr(std::string("<p class=\"notice\">tiny, seed 0: ") + remark_));
}

TEST_F(Remarks, ABestEpochThatIsTheLastIsSaid) {
  train("tiny.json", "run", {"train.epochs=46"});
  const Json result = config::read_json(folder_ / "run/seed-0/result.json");
  ASSERT_EQ(result.at("best_epoch").as_int64(), 46);
  ASSERT_EQ(result.at("remarks").as_array().size(), 1u);
  EXPECT_THAT(
      result.at("remarks").as_array()[0].as_string(),
      AllOf(HasSubstr("the best epoch, 46, is the last one"), HasSubstr("raise train.epochs")));
}

/// Ratings from 20 to 100: outputs begin at 0.
TEST_F(Remarks, FarFromTheTargetsNameTheirScale) {
  std::string csv = "user,item,rating\n";
  for (int i = 0; i < 600; ++i) {
    csv += fmt::format("{},{},{}\n", i % 20, i / 20, 20 + (i * 37 + i / 7) % 81);
  }
  write_file(folder_ / "ratings.csv", csv);
  train("tiny.json", "run",
        {R"(data={"type": "csv", "path": "ratings.csv", "vectors": "user"})",
         "train.optimizer.learning_rate=0.001"});
  EXPECT_THAT(read_file(folder_ / "run/seed-0/result.json"),
              AllOf(HasSubstr("raise train.epochs or train.optimizer.learning_rate"),
                    HasSubstr("the scale of the targets")));
}

TEST_F(Remarks, OfATrainingThatPatienceEndedDoNotAskForMoreEpochs) {
  train("tiny.json", "run",
        {"train.epochs=10000", "train.patience=1", "train.optimizer.learning_rate=3",
         "evaluate.clip=false"});
  const std::string result = read_file(folder_ / "run/seed-0/result.json");
  EXPECT_THAT(result, AllOf(HasSubstr("does no worse"), Not(HasSubstr("raise train.epochs or"))));
}

TEST_F(Remarks, AreLeftOutWhereThereAreNone) {
  train("tiny.json", "run", {"train.epochs=100"});
  EXPECT_THAT(read_file(folder_ / "run/seed-0/result.json"), Not(HasSubstr("remarks")));
}

}  // namespace
}  // namespace lacuna::experiments
