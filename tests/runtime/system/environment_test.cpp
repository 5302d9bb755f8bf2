#include "runtime/system/environment.hpp"

#include <gmock/gmock.h>

#include "runtime/system/build.hpp"

namespace lacuna::system {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

TEST(Environment, TimeIsUtc) {
  const auto time = std::chrono::system_clock::from_time_t(1'714'568'709);
  EXPECT_EQ(utc_time(time), "2024-05-01T13:05:09Z");
}

TEST(Environment, DescribesBuildMachineAndCall) {
  const std::vector<std::string> words = {"lacuna", "train", "a b.json"};
  const config::Json json = environment(words);
  EXPECT_EQ(json.at("command_line"), config::Json::array({"lacuna", "train", "a b.json"}));
  EXPECT_EQ(json.at("math_library").as_string().substr(0, 7), "oneDNN ");
  EXPECT_THAT(json.at("date").as_string(), MatchesRegex("....-..-..T..:..:..Z"));

  const config::Json& built = json.at("build");
  EXPECT_EQ(built.at("version").as_string(), build().version);
  EXPECT_EQ(built.at("march").as_string(), build().march);
  EXPECT_FALSE(build().march.empty());
  EXPECT_THAT(built.at("version").as_string(), MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
  EXPECT_TRUE(built.at("git_commit").is_null() || built.at("git_commit").is_string());
  EXPECT_GE(built.at("openmp").as_int64(), 201511);

  const config::Json& machine = json.at("machine");
  EXPECT_FALSE(machine.at("hostname").as_string().empty());
  EXPECT_THAT(machine.at("kernel").as_string(), HasSubstr("Linux"));
  EXPECT_GE(machine.at("cpu_threads").as_int64(), 1);
  EXPECT_GT(machine.at("memory_bytes").as_int64(), 1 << 20);
}

}  // namespace
}  // namespace lacuna::system
