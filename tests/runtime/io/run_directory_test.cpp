#include "runtime/io/run_directory.hpp"

#include <gmock/gmock.h>

#include <ctime>

#include "runtime/error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::io {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using testing::message_of;
using testing::TemporaryFolder;
namespace fs = std::filesystem;

std::chrono::system_clock::time_point local_time(int year, int month, int day, int hour) {
  std::tm parts{};
  parts.tm_year = year - 1900;
  parts.tm_mon = month - 1;
  parts.tm_mday = day;
  parts.tm_hour = hour;
  parts.tm_min = 5;
  parts.tm_sec = 9;
  parts.tm_isdst = -1;
  return std::chrono::system_clock::from_time_t(std::mktime(&parts));
}

TEST(RunDirectory, NamedByExperimentAndLocalTime) {
  const TemporaryFolder folder;
  const auto now = local_time(2024, 5, 1, 13);
  const fs::path root = folder / "runs";
  EXPECT_EQ(create_run_directory(root, "quick", std::nullopt, now), root / "quick-20240501-130509");
  EXPECT_EQ(create_run_directory(root, "quick", std::nullopt, now),
            root / "quick-20240501-130509-2");
  EXPECT_EQ(create_run_directory(root, "quick", std::nullopt, now),
            root / "quick-20240501-130509-3");
  EXPECT_TRUE(fs::is_directory(root / "quick-20240501-130509-3"));
}

TEST(RunDirectory, NamesStayInsideTheRoot) {
  const TemporaryFolder folder;
  const fs::path run = create_run_directory(folder.path(), "../a b/ü");
  EXPECT_EQ(run.parent_path(), folder.path());
  EXPECT_THAT(run.filename().string(), MatchesRegex("_._a_b_ü-[0-9]+-[0-9]+"));
}

TEST(RunDirectory, ExplicitFolder) {
  const TemporaryFolder folder;
  EXPECT_EQ(create_run_directory("runs", "e", folder / "new"), folder / "new");
  EXPECT_EQ(create_run_directory("runs", "e", folder / "new"), folder / "new");
  testing::write_file(folder / "new" / "result", "x");
  EXPECT_THAT(
      message_of<ConfigError>([&] { create_run_directory("runs", "e", folder / "new"); }),
      AllOf(HasSubstr("output.dir"), HasSubstr((folder / "new").string()), HasSubstr("not empty")));
  EXPECT_THAT(message_of<ConfigError>(
                  [&] { create_run_directory("runs", "e", folder / "new" / "result"); }),
              HasSubstr("no folder"));
}

TEST(RunDirectory, ParentsAreCreated) {
  const TemporaryFolder folder;
  EXPECT_TRUE(fs::is_directory(create_run_directory(folder / "a" / "runs", "e")));
  EXPECT_TRUE(fs::is_directory(create_run_directory("runs", "e", folder / "b" / "c")));
}

TEST(RunDirectory, AnUnwritableParentIsAnErrorAtStart) {
  EXPECT_THROW(create_run_directory("/proc", "e"), IoError);
  EXPECT_THAT(message_of<IoError>([] { create_run_directory("/proc/none/runs", "e"); }),
              HasSubstr("/proc/none/runs"));
}

TEST(RunDirectory, OneFolderPerVariantAndSeed) {
  EXPECT_EQ(run_folder("run", "with SN", 1), "run/with_SN/seed-1");
  EXPECT_EQ(run_folder("run", "with SN", 2), "run/with_SN/seed-2");
  EXPECT_EQ(run_folder("run", "", 7), "run/seed-7");
  EXPECT_EQ(run_folder("run", "..", 7), "run/_./seed-7");
}

}  // namespace
}  // namespace lacuna::io
