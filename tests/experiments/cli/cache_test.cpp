#include <fmt/format.h>

#include "tests/experiments/program_test.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class KeptRatings : public ProgramTest {
 protected:
  /// A file large enough to be kept.
  KeptRatings() {
    std::string csv = "user,item,rating\n";
    for (int user = 0; csv.size() < (std::size_t{9} << 20); ++user) {
      for (int item = 0; item < 100; ++item) {
        csv += fmt::format("{},{},{}.0000000\n", user, 1000 * item, 1 + (user + item) % 5);
      }
    }
    write_file(folder_ / "ratings.csv", csv);
    write_file(folder_ / "experiment.json", R"({
      "data": { "type": "csv", "path": "ratings.csv" },
      "model": { "type": "autorec", "hidden_units": 2 },
      "train": { "epochs": 1 }
    })");
  }
};

TEST_F(KeptRatings, AreReadByTheNextLaunchAndByEvaluateFromAnyFolder) {
  std::filesystem::create_directory(folder_ / "there");
  const std::string train = "output.dir=there/run";
  EXPECT_THAT(lacuna({"train", "experiment.json", train}).err, Not(HasSubstr("cache")));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "there/cache"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "runs"));
  const std::string again = "output.dir=there/again";
  EXPECT_THAT(lacuna({"train", "experiment.json", again}).err, HasSubstr("there/cache/"));
  EXPECT_EQ(read_file(folder_ / "there/run/seed-0/weights.safetensors"),
            read_file(folder_ / "there/again/seed-0/weights.safetensors"));

  const testing::TemporaryFolder elsewhere;
  const std::string launch = (folder_ / "there/run").string();
  EXPECT_THAT(testing::run_lacuna({"evaluate", launch}, elsewhere.path()).err,
              HasSubstr("there/cache/"));
  std::filesystem::remove_all(folder_ / "there/cache");
  EXPECT_EQ(testing::run_lacuna({"evaluate", launch}, elsewhere.path()).exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "there/cache")) << "evaluate writes nothing";
  EXPECT_TRUE(std::filesystem::is_empty(elsewhere.path()));
}

}  // namespace
}  // namespace lacuna::experiments
