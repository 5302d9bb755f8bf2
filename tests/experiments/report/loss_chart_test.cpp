#include "tests/experiments/report/report_command.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(ReportCommand, DrawsTheTermsOfALossThatHasSeveral) {
  if (!gnuplot_is_there()) GTEST_SKIP() << "no gnuplot";
  train("tiny.json", "run");
  const std::string one = report_of({"run"});
  EXPECT_THAT(one, Not(HasSubstr("terms of the loss")));

  const std::filesystem::path metrics = folder_ / "run/seed-0/metrics.jsonl";
  std::string lines;
  int epoch = 0;
  for (std::string line : lines_of(read_file(metrics))) {
    const std::size_t place = line.find("\"penalty\"");
    lines += line.insert(place, "\"<ovr>\": " + std::to_string(++epoch) + ", ") + "\n";
  }
  write_file(metrics, lines);
  const std::string several = report_of({"run"});
  EXPECT_EQ(count(several, "<figure>"), count(one, "<figure>") + 1);
  EXPECT_THAT(several, AllOf(HasSubstr("<strong>tiny: terms of the loss</strong>"),
                             HasSubstr("&lt;ovr&gt;</li>"), HasSubstr("loss</li>")));
}

}  // namespace
}  // namespace lacuna::experiments
