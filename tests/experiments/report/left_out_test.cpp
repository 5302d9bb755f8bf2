#include "tests/experiments/report/report_command.hpp"

namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class LeftOut : public ReportCommand {};

/// What else stands among runs.
TEST_F(LeftOut, OfAReportOnSeveralFoldersIsWhatIsNoRun) {
  train("tiny.json", "runs/b");
  train("tiny.json", "runs/c");
  fs::create_directories(folder_ / "runs/a_cache");
  fs::create_directories(folder_ / "runs/reproduce/results");
  fs::create_directories(folder_ / "runs/begun");
  fs::copy(folder_ / "runs/b/launch.json", folder_ / "runs/begun/launch.json");
  write_file(folder_ / "runs/notes.txt", "a note");
  fs::create_directories(folder_ / "runs/damaged/seed-0");
  write_file(folder_ / "runs/damaged/seed-0/resolved.json", "{");
  const ProgramResult result =
      lacuna({"report", "runs/a_cache", "runs/b", "runs/begun", "runs/c", "runs/damaged",
              "runs/none", "runs/notes.txt", "runs/reproduce"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, "runs/b/report.html\n") << "the first that holds a run";
  for (const char* name : {"a_cache", "begun", "damaged", "none", "notes.txt", "reproduce"}) {
    EXPECT_THAT(result.err, HasSubstr(std::string("left out: ")));
    EXPECT_THAT(result.err, HasSubstr(std::string("runs/") + name));
  }
  EXPECT_THAT(read_file(folder_ / "runs/b/report.html"), HasSubstr("2 runs, 2 finished"));
}

TEST_F(LeftOut, AReportOnNothingButOtherFoldersIsAnError) {
  fs::create_directories(folder_ / "runs/cache");
  write_file(folder_ / "runs/notes.txt", "a note");
  for (const std::vector<std::string>& command :
       std::vector<std::vector<std::string>>{{"report", "runs/cache"},
                                             {"report", "runs/notes.txt"},
                                             {"report", "runs/cache", "runs/notes.txt"}}) {
    EXPECT_THAT(message_of(5, command), HasSubstr(command.at(1)));
  }
}

}  // namespace
}  // namespace lacuna::experiments
