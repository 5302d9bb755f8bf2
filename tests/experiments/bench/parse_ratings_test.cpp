#include "experiments/bench/parse_ratings/parse_ratings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/runtime/data/ratings/parse_files.hpp"

namespace lacuna::experiments::bench {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::Le;
using ::testing::SizeIs;

constexpr TextShape tiny{.rows = 900, .users = 60, .items = 20};

TEST(ParseRatingsBench, TheTextIsAMovieLensFile) {
  const TextInMemory file(rating_text(tiny));
  const data::ParsedRatings parsed =
      data::parse_movielens(file.path(), data::MovieLensFormat::ml_1m, data::default_max_bytes);
  EXPECT_THAT(parsed.value, SizeIs(900));
  EXPECT_THAT(parsed.value, Each(AllOf(Ge(0.5f), Le(5.0f))));
  EXPECT_THAT(parsed.users.numbers().ids(), SizeIs(60));
  EXPECT_THAT(parsed.items.numbers().ids(), SizeIs(20));
}

TEST(ParseRatingsBench, TheTextIsAFunctionOfItsShape) {
  EXPECT_EQ(rating_text(tiny), rating_text(tiny));
}

TEST(ParseRatingsBench, ReportsRates) {
  const Report report = parse_ratings(tiny).run({2, 3, {"one_thread", "all_threads"}});
  ASSERT_THAT(report.samples, SizeIs(2));
  EXPECT_THAT(report.samples[1].seconds, SizeIs(3));
  EXPECT_EQ(report.shape.at("bytes").as_int64(), std::ssize(rating_text(tiny)));
  std::vector<std::string> keys;
  for (const Result& result : report.results) {
    keys.push_back(result.key);
    EXPECT_FALSE(result.bound) << result.key;
  }
  EXPECT_THAT(keys, ElementsAre("one_thread_mb_per_s", "one_thread_mb_per_s_per_core",
                                "all_threads_mb_per_s", "all_threads_mb_per_s_per_core"));
  EXPECT_DOUBLE_EQ(report.results[3].value, report.results[2].value / 2);
}

}  // namespace
}  // namespace lacuna::experiments::bench
