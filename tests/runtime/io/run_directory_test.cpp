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
  EXPECT_EQ(RunDirectory::create(root, "quick", std::nullopt, now).path(),
            root / "quick-20240501-130509");
  EXPECT_EQ(RunDirectory::create(root, "quick", std::nullopt, now).path(),
            root / "quick-20240501-130509-2");
  EXPECT_EQ(RunDirectory::create(root, "quick", std::nullopt, now).path(),
            root / "quick-20240501-130509-3");
  EXPECT_TRUE(fs::is_directory(root / "quick-20240501-130509-3"));
}

TEST(RunDirectory, NamesStayInsideTheRoot) {
  const TemporaryFolder folder;
  const auto run = RunDirectory::create(folder.path(), "../a b/ü");
  EXPECT_EQ(run.path().parent_path(), folder.path());
  EXPECT_THAT(run.path().filename().string(), MatchesRegex("_._a_b_ü-[0-9]+-[0-9]+"));
}

TEST(RunDirectory, ExplicitFolder) {
  const TemporaryFolder folder;
  EXPECT_EQ(RunDirectory::create("runs", "e", folder / "new").path(), folder / "new");
  EXPECT_EQ(RunDirectory::create("runs", "e", folder / "new").path(), folder / "new");
  testing::write_file(folder / "new" / "result", "x");
  EXPECT_THAT(
      message_of<ConfigError>([&] { RunDirectory::create("runs", "e", folder / "new"); }),
      AllOf(HasSubstr("output.dir"), HasSubstr((folder / "new").string()), HasSubstr("not empty")));
  EXPECT_THAT(message_of<ConfigError>(
                  [&] { RunDirectory::create("runs", "e", folder / "new" / "result"); }),
              HasSubstr("no folder"));
}

TEST(RunDirectory, ParentsAreCreated) {
  const TemporaryFolder folder;
  EXPECT_TRUE(fs::is_directory(RunDirectory::create(folder / "a" / "runs", "e").path()));
  EXPECT_TRUE(fs::is_directory(RunDirectory::create("runs", "e", folder / "b" / "c").path()));
}

TEST(RunDirectory, AnUnwritableParentIsAnErrorAtStart) {
  EXPECT_THROW(RunDirectory::create("/proc", "e"), IoError);
  EXPECT_THAT(message_of<IoError>([] { RunDirectory::create("/proc/none/runs", "e"); }),
              HasSubstr("/proc/none/runs"));
}

TEST(RunDirectory, OneFolderPerVariantAndSeed) {
  const TemporaryFolder folder;
  const auto run = RunDirectory::create(folder.path(), "e", folder / "run");
  EXPECT_EQ(run.add("with SN", 1), run.path() / "with_SN" / "seed-1");
  EXPECT_EQ(run.add("with SN", 2), run.path() / "with_SN" / "seed-2");
  EXPECT_EQ(run.add("", 7), run.path() / "seed-7");
  EXPECT_TRUE(fs::is_directory(run.path() / "with_SN" / "seed-2"));
  EXPECT_THAT(message_of<ConfigError>([&] { run.add("with+SN", 2); }),
              AllOf(HasSubstr("with+SN"), HasSubstr("already taken")));
}

}  // namespace
}  // namespace lacuna::io
