#include "runtime/metrics/progress.hpp"

#include <gmock/gmock.h>

#include <stdexcept>
#include <vector>

#include "runtime/metrics/text_width.hpp"

namespace lacuna::metrics {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class ProgressTest : public ::testing::Test {
 protected:
  ProgressOutput output(bool terminal) {
    return {.write = [this](std::string_view text) { written_.emplace_back(text); },
            .now = [this] { return now_; },
            .width = [] { return 80; },
            .terminal = terminal};
  }
  std::vector<std::string> written_;
  std::chrono::steady_clock::time_point now_{};
};

TEST_F(ProgressTest, TerminalIsRedrawnTenTimesASecond) {
  Progress progress("train", 1000, output(true));
  for (int step = 1; step <= 1000; ++step) {
    now_ += milliseconds(1);
    progress.update(step, "");
  }
  EXPECT_THAT(written_, SizeIs(10));
  progress.finish();
  EXPECT_THAT(written_, SizeIs(12));
  EXPECT_THAT(written_[10], StartsWith("\rtrain  [##"));
  EXPECT_THAT(written_[10], EndsWith("1000/1000  1000.0/s  in 0:01\x1b[K"));
  EXPECT_EQ(written_[11], "\n");
}

TEST_F(ProgressTest, PlainLinesNowAndThen) {
  Progress progress("train", 100, output(false));
  for (int step = 1; step <= 100; ++step) {
    now_ += milliseconds(250);
    progress.update(step, "valid 0.9");
  }
  progress.finish();
  EXPECT_THAT(written_, ElementsAre("train  2/100  4.0/s  ETA 0:25  valid 0.9\n",
                                    "train  42/100  4.0/s  ETA 0:15  valid 0.9\n",
                                    "train  82/100  4.0/s  ETA 0:05  valid 0.9\n",
                                    "train  100/100  4.0/s  in 0:25  valid 0.9\n"));
}

TEST_F(ProgressTest, ShortLoopStillSaysHowItEnded) {
  Progress progress("train", 100, output(false));
  now_ += milliseconds(100);
  progress.update(7, "stopped early");
  progress.finish();
  progress.finish();
  EXPECT_THAT(written_, ElementsAre("train  7/100  70.0/s  ETA 0:02  stopped early\n"));
}

TEST_F(ProgressTest, QuietWritesNothing) {
  ProgressOutput quiet = output(true);
  quiet.quiet = true;
  {
    Progress progress("train", 10, quiet);
    now_ += milliseconds(10'000);
    progress.update(5, "");
    progress.finish();
  }
  EXPECT_THAT(written_, IsEmpty());
}

TEST_F(ProgressTest, AnExceptionEndsTheLine) {
  try {
    Progress progress("train", 10, output(true));
    progress.update(1, "");
    throw std::runtime_error("x");
  } catch (const std::runtime_error&) {
    EXPECT_EQ(written_.back(), "\n");
  }
}

TEST(ProgressLine, FitsEveryWidth) {
  const ProgressState state = {.label = "tr\u00e4n",
                               .done = 3,
                               .total = 9000,
                               .seconds = 12.5,
                               .status = "valid 0.93 \u00b1"};
  for (int width = 1; width < 200; ++width) {
    const std::string line = terminal_line(state, width, false);
    EXPECT_LE(text_width(line), static_cast<std::size_t>(std::max(width - 1, 1)));
    EXPECT_NE(static_cast<unsigned char>(line.back()), 0xC3) << "cut inside a letter";
  }
  EXPECT_EQ(terminal_line(state, 100, false),
            "tr\u00e4n  [..............................]  3/9000  4.2 s each  ETA 10:24:48  valid "
            "0.93 \u00b1");
}

TEST(ProgressLine, ColourOnlyWhereAsked) {
  const ProgressState state = {.label = "t", .done = 5, .total = 10, .seconds = 1, .status = ""};
  EXPECT_THAT(terminal_line(state, 80, false), Not(HasSubstr("\x1b")));
  EXPECT_THAT(terminal_line(state, 80, true),
              HasSubstr("\x1b[32m###############\x1b[0m..............."));
}

TEST(ProgressLine, NothingDoneOrNothingToDo) {
  EXPECT_EQ(plain_line({.label = "t", .done = 0, .total = 5, .seconds = 1, .status = ""}),
            "t  0/5");
  EXPECT_THAT(
      terminal_line({.label = "t", .done = 0, .total = 0, .seconds = 0, .status = ""}, 40, false),
      HasSubstr("0/0"));
}

TEST(TextPrefix, NeverCutsACodePoint) {
  EXPECT_EQ(text_prefix("a\u00e4b", 2), "a\u00e4");
  EXPECT_EQ(text_prefix("a\u00e4b", 1), "a");
  EXPECT_EQ(text_prefix("ab", 5), "ab");
  EXPECT_EQ(text_prefix("ab", 0), "");
}

}  // namespace
}  // namespace lacuna::metrics
