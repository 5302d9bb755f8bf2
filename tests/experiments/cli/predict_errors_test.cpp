#include "tests/experiments/predict_test.hpp"

namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

class PredictErrors : public PredictTest {
 protected:
  PredictErrors() : PredictTest("user") {
    write_file(folder_ / "pairs.csv", "user,item\n101,1000\n");
    write_file(folder_ / "mine.csv", "item,rating\n1000,4\n1005,2\n");
  }

  std::string message(int exit_code, std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"predict", "run"});
    return message_of(exit_code, arguments);
  }
};

TEST_F(PredictErrors, OptionsThatDoNotGoTogetherEndWith2) {
  EXPECT_THAT(message(2, {}), HasSubstr("--pairs"));
  EXPECT_THAT(message(2, {"--top", "3"}), HasSubstr("--user"));
  EXPECT_THAT(message(2, {"--user", "104", "--ratings", "mine.csv"}), HasSubstr("one of the two"));
  EXPECT_THAT(message(2, {"--user", "104", "--pairs", "pairs.csv"}), HasSubstr("--pairs"));
  EXPECT_THAT(message(2, {"--top", "3", "--pairs", "pairs.csv"}), HasSubstr("--top"));
  EXPECT_THAT(message(2, {"--user", "104", "--top", "0"}), HasSubstr("--top"));
  EXPECT_THAT(message(2, {"--user", "104", "--output", "top.txt"}),
              AllOf(HasSubstr("top.txt"), HasSubstr(".csv"), HasSubstr(".json")));
  EXPECT_THAT(message(2, {"--user", "104", "--device", "gpu"}), HasSubstr("gpu"));
  message_of(2, {"predict"});
}

TEST_F(PredictErrors, SeveralRunsAreListed) {
  train("two", "seeds=2");
  EXPECT_THAT(message_of(2, {"predict", "two", "--user", "104"}),
              AllOf(HasSubstr("two/seed-0"), HasSubstr("two/seed-1")));
  output_of({"predict", "two/seed-1", "--user", "104"});
  fs::remove(folder_ / "two/seed-0/weights.safetensors");
  output_of({"predict", "two", "--user", "104"});
}

TEST_F(PredictErrors, AMissingOrDamagedRunEndsWith5) {
  EXPECT_THAT(message_of(5, {"predict", "none", "--user", "104"}), HasSubstr("none"));
  const fs::path weights = folder_ / "run/seed-0/weights.safetensors";
  fs::resize_file(weights, fs::file_size(weights) - 1);
  EXPECT_THAT(message(5, {"--user", "104"}), HasSubstr("weights.safetensors"));
}

TEST_F(PredictErrors, OtherRatingsEndWith3) {
  write_file(folder_ / "ratings.csv", small_catalogue() + "900,1000,3\n");
  EXPECT_THAT(message(3, {"--user", "104"}), AllOf(HasSubstr("ratings.csv"), HasSubstr("run")));
  fs::remove(folder_ / "ratings.csv");
  EXPECT_THAT(message(3, {"--user", "104"}), HasSubstr("ratings.csv"));
}

TEST_F(PredictErrors, UnknownIdsAreNamedWithTheirLine) {
  EXPECT_THAT(message(3, {"--user", "900"}), AllOf(HasSubstr("user 900"), HasSubstr("--ratings")));
  EXPECT_THAT(message(3, {"--user", "me"}), HasSubstr("user me"));
  write_file(folder_ / "mine.csv", "item,rating\n1000,4\n1001,2\n");
  EXPECT_THAT(message(3, {"--ratings", "mine.csv"}),
              AllOf(HasSubstr("mine.csv:3: "), HasSubstr("item 1001")));
}

TEST_F(PredictErrors, DamagedFilesEndWith3AndNameTheLine) {
  EXPECT_THAT(message(3, {"--pairs", "none.csv"}),
              AllOf(HasSubstr("none.csv"), HasSubstr("--pairs")));
  EXPECT_THAT(message(3, {"--ratings", "none.csv"}), HasSubstr("--ratings none.csv"));
  EXPECT_THAT(message(3, {"--all-users", "--exclude", "sen"}),
              AllOf(HasSubstr("--exclude sen: "), HasSubstr("seen, train and none")));
  write_file(folder_ / "pairs.csv", "user,item\n101\n");
  EXPECT_THAT(message(3, {"--pairs", "pairs.csv"}), HasSubstr("pairs.csv:2: "));
  write_file(folder_ / "mine.csv", "item,rating\n1000,4\n1005,2\n1000,3\n");
  EXPECT_THAT(message(3, {"--ratings", "mine.csv"}),
              AllOf(HasSubstr("mine.csv:4: item 1000"), HasSubstr("line 2")));
}

TEST_F(PredictErrors, AFileThatCannotBeWrittenEndsWith5) {
  EXPECT_THAT(message(5, {"--user", "104", "--output", "none/top.csv"}), HasSubstr("none/top.csv"));
}

class ItemVectors : public PredictTest {
 protected:
  ItemVectors() : PredictTest("item") {}
};

TEST_F(ItemVectors, HaveNoPlaceForANewUser) {
  write_file(folder_ / "mine.csv", "item,rating\n1000,4\n");
  EXPECT_THAT(message_of(2, {"predict", "run", "--ratings", "mine.csv"}),
              AllOf(HasSubstr("new user"), HasSubstr("data.vectors=user")));
}

}  // namespace
}  // namespace lacuna::experiments
