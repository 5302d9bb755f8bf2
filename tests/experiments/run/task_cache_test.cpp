#include "experiments/run/task_cache.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/context.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// More than the 8 MiB from which files are kept.
std::string many_rows() {
  std::string text = "user,item,rating\n";
  for (int user = 1; user <= 1000; ++user) {
    for (int item = 1; item <= 900; ++item) {
      text += std::to_string(user) + "," + std::to_string(item) + ",3\n";
    }
  }
  return text;
}

TEST(CacheFolder, StandsBesideTheRunUnlessSwitchedOff) {
  const std::filesystem::path here = std::filesystem::current_path();
  OutputConfig output;
  EXPECT_EQ(cache_folder(output), here / "runs/cache");
  output.dir = "/some/where/run";
  EXPECT_EQ(cache_folder(output), "/some/where/cache");
  output.dir = "run/";
  EXPECT_EQ(cache_folder(output), here / "cache");
  output.cache = false;
  EXPECT_EQ(cache_folder(output), "");
}

TEST(TaskCache, ALargeFileIsParsedOnceForAllLaunches) {
  const testing::TemporaryFolder folder;
  data::CsvSource source;
  source.path = (folder / "a.csv").string();
  testing::write_file(source.path, many_rows());
  OutputConfig output;
  output.root = (folder / "runs").string();
  DeviceContext context = testing::cpu_context();
  const auto remarks_of_launch = [&] {
    std::vector<std::string> remarks;
    TaskCache tasks(context, {.cache = cache_folder(output),
                              .remark = [&](const std::string& text) { remarks.push_back(text); }});
    EXPECT_TRUE(tasks.load(source, {}).fresh);
    EXPECT_FALSE(tasks.load(source, {}).fresh);
    return remarks;
  };
  EXPECT_THAT(remarks_of_launch(), IsEmpty());
  EXPECT_THAT(remarks_of_launch(), ElementsAre(HasSubstr(output.root + "/cache/")));
  output.cache = false;
  EXPECT_THAT(remarks_of_launch(), IsEmpty());
}

}  // namespace
}  // namespace lacuna::experiments
