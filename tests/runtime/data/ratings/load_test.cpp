#include "runtime/data/ratings/load.hpp"

#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::ElementsAre;

struct LoadTest : DataTest {};

TEST_F(LoadTest, EverySourceLoads) {
  RatingsSource config;
  const Dataset synthetic = load(config);
  EXPECT_EQ(synthetic.source, "synthetic");
  EXPECT_EQ(synthetic.split.train.rows, SyntheticSource().items);
  EXPECT_EQ(synthetic.split.test_truth.size(), synthetic.split.test.value.size());

  std::string rows;
  for (int i = 0; i < 50; ++i)
    rows += std::to_string(i % 7) + "\t" + std::to_string(i) + "\t3\t0\n";
  MovieLensSource movielens;
  movielens.path = write("u.data", rows);
  movielens.vectors = Orientation::user;
  config = movielens;
  const Dataset loaded = load(config);
  EXPECT_THAT(loaded.ids.user.numbers(), ElementsAre(0, 1, 2, 3, 4, 5, 6));
  EXPECT_EQ(loaded.split.train.rows, 7);
  EXPECT_EQ(loaded.split.train.cols, 50);
  EXPECT_TRUE(loaded.split.test_truth.empty());

  CsvSource csv;
  csv.path = write("a.csv", "user;item;rating\n4;1;2\n4;1;3\n");
  csv.delimiter = ";";
  csv.duplicates = Duplicates::last;
  config = csv;
  EXPECT_THAT(load_ratings(config).value, ElementsAre(3));
}

TEST_F(LoadTest, AFolderOfALaterMovieLens) {
  MovieLensSource source;
  source.path = path("ml-latest-small");
  for (const std::string_view name : {"ratings.csv.gz", "ratings.csv"}) {
    const std::string rows = "userId,movieId,rating,timestamp\n7,1,4.0,964982703\n5,3,0.5,9\n";
    const std::string file = "ml-latest-small/" + std::string(name);
    write(file, rows);
    if (name.ends_with(".gz")) write_gzip(file, rows);
    const Ratings ratings = load_ratings(source, {.threads = 2});
    EXPECT_EQ(ratings.source, path(file));
    EXPECT_THAT(ratings.ids.user.numbers(), ElementsAre(5, 7));
    EXPECT_THAT(ratings.value, ElementsAre(0.5f, 4.0f));
  }
}

TEST(LoadRealData, MovieLensHasItsPublishedSize) {
  if (std::getenv("LACUNA_DATA") == nullptr) GTEST_SKIP() << "LACUNA_DATA is not set";
  struct Case {
    const char* path;
    std::int64_t users, items, ratings;
  };
  for (const Case& set : {Case{"ml-100k", 943, 1682, 100000}, Case{"ml-1m", 6040, 3706, 1000209}}) {
    MovieLensSource source;
    source.path = set.path;
    const Ratings ratings = load_ratings(source, {.threads = 4});
    EXPECT_EQ(ratings.users(), set.users);
    EXPECT_EQ(ratings.items(), set.items);
    EXPECT_EQ(ratings.size(), set.ratings);
  }
}

}  // namespace
}  // namespace lacuna::data
