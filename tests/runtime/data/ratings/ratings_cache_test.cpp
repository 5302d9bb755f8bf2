#include "runtime/data/ratings/ratings_cache.hpp"

#include "runtime/data/ratings/load.hpp"
#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Loads a small file through a cache that takes files of any size.
struct RatingsCacheTest : DataTest {
  RatingsCacheTest() {
    csv_.path = write("a.csv", "user,item,rating\n18446744073709551615,2,3\n5,9,1.5\n5,2,4\n");
    options_.cache = folder_ / "runs/cache";
    options_.cached_from = 1;
    options_.remark = [this](const std::string& text) { remarks_.push_back(text); };
  }

  /// The ratings with the cache, after a comparison with those without; `remarks_` are its own.
  Ratings load(const RatingsSource& config) {
    remarks_.clear();
    Ratings ratings = load_ratings(config, options_);
    const Ratings parsed = load_ratings(config);
    EXPECT_EQ(ratings.ids.user.numbers(), parsed.ids.user.numbers());
    EXPECT_EQ(ratings.ids.item.numbers(), parsed.ids.item.numbers());
    EXPECT_EQ(ratings.ids.user.texts().bytes(), parsed.ids.user.texts().bytes());
    EXPECT_EQ(ratings.ids.item.texts().ends(), parsed.ids.item.texts().ends());
    EXPECT_EQ(ratings.time, parsed.time);
    EXPECT_EQ(ratings.notes, parsed.notes);
    EXPECT_EQ(ratings.user, parsed.user);
    EXPECT_EQ(ratings.item, parsed.item);
    EXPECT_EQ(ratings.value, parsed.value);
    EXPECT_EQ(ratings.truth, parsed.truth);
    EXPECT_EQ(ratings.source, parsed.source);
    EXPECT_EQ(ratings.checksum, parsed.checksum);
    return ratings;
  }

  std::vector<std::filesystem::path> files() const {
    std::vector<std::filesystem::path> all;
    if (!std::filesystem::exists(options_.cache)) return all;
    for (const auto& entry : std::filesystem::directory_iterator(options_.cache)) {
      all.push_back(entry.path());
    }
    return all;
  }

  CsvSource csv_;
  LoadOptions options_;
  std::vector<std::string> remarks_;
};

const auto is_hit = HasSubstr("its parsed ratings are taken from");

TEST_F(RatingsCacheTest, TheSecondTimeNothingIsParsed) {
  load(csv_);
  EXPECT_THAT(remarks_, IsEmpty());
  ASSERT_EQ(files().size(), 1u);
  const Ratings ratings = load(csv_);
  EXPECT_THAT(remarks_,
              ElementsAre(AllOf(HasSubstr(csv_.path), is_hit, HasSubstr(files()[0].string()))));
  EXPECT_THAT(ratings.ids.user.numbers(), ElementsAre(5, 18446744073709551615u));
}

TEST_F(RatingsCacheTest, TheNameOfTheFileDoesNotMatter) {
  load(csv_);
  std::filesystem::rename(csv_.path, path("b.csv"));
  csv_.path = path("b.csv");
  EXPECT_EQ(load(csv_).source, csv_.path);
  EXPECT_THAT(remarks_, ElementsAre(is_hit));
}

TEST_F(RatingsCacheTest, TheSplitDoesNotMatter) {
  load(csv_);
  csv_.vectors = Orientation::user;
  csv_.split_seed = 7;
  csv_.test_share = 0.3;
  load(csv_);
  EXPECT_THAT(remarks_, ElementsAre(is_hit));
}

TEST_F(RatingsCacheTest, AnotherContentIsParsed) {
  load(csv_);
  write("a.csv", "user,item,rating\n1,2,3\n5,9,1.5\n5,2,4\n");
  EXPECT_THAT(load(csv_).ids.user.numbers(), ElementsAre(1, 5));
  EXPECT_THAT(remarks_, IsEmpty());
  EXPECT_EQ(files().size(), 2u);
}

TEST_F(RatingsCacheTest, SettingsThatChangeTheResultParseAgain) {
  load(csv_);
  CsvSource other = csv_;
  other.user_column = "item";
  other.item_column = "user";
  load(other);
  EXPECT_THAT(remarks_, IsEmpty());
  csv_.max_bytes = 10;
  EXPECT_THROW(load_ratings(csv_, options_), DataError);
}

TEST_F(RatingsCacheTest, DuplicatesAreAnErrorWithTheCacheAsWell) {
  csv_.path = write("a.csv", "user,item,rating\n1,2,3\n1,2,5\n");
  csv_.duplicates = Duplicates::mean;
  EXPECT_THAT(load(csv_).value, ElementsAre(4));
  csv_.duplicates = Duplicates::last;
  EXPECT_THAT(load(csv_).value, ElementsAre(5));
  csv_.duplicates = Duplicates::error;
  for (int time = 0; time < 2; ++time) {
    EXPECT_THAT(message_of<DataError>([&] { load_ratings(csv_, options_); }),
                HasSubstr("a.csv:3: user 1 already rated item 2 on line 2"));
  }
  EXPECT_EQ(files().size(), 2u);
}

TEST_F(RatingsCacheTest, MovieLensIsKeptByItsFormat) {
  MovieLensSource movielens;
  movielens.path = write("u.data", "1\t2\t3\t4\n");
  load(movielens);
  movielens.format = MovieLensFormat::ml_100k;
  load(movielens);
  EXPECT_THAT(remarks_, ElementsAre(is_hit));
  movielens.format = MovieLensFormat::ml_1m;
  EXPECT_THROW(load_ratings(movielens, options_), DataError);
  movielens.format = MovieLensFormat::by_name;
  movielens.path = write_gzip("u.data.gz", "1\t2\t3\t4\n");
  load(movielens);
  EXPECT_THAT(remarks_, IsEmpty());
  load(movielens);
  EXPECT_THAT(remarks_, ElementsAre(is_hit));
}

TEST_F(RatingsCacheTest, KeepsTextsTimesAndNotes) {
  csv_.path = write("a.csv", "user,item,rating,when\nann,2,3,2020-01-01\nbo,b x,,2020-01-02\n");
  csv_.timestamp_column = "when";
  csv_.missing = MissingRating::drop;
  load(csv_);
  EXPECT_EQ(load(csv_).ids.item.text(0), "2");
  EXPECT_THAT(remarks_, ElementsAre(is_hit, HasSubstr("1 rows without rating left out")));
}

TEST_F(RatingsCacheTest, DamageIsNoticedAndRepaired) {
  csv_.path = write("a.csv", "user,item,rating\nann,2,3\nbo,9,1.5\nbo,2,4\n");
  load(csv_);
  const std::filesystem::path file = files().at(0);
  const std::string whole = testing::read_file(file);
  for (std::size_t at = 0; at < whole.size(); at += 11) {
    std::string flipped = whole;
    flipped[at] ^= 1;
    testing::write_file(file, flipped);
    load(csv_);
    // A flipped bit may be harmless, as in a blank of the header; else it is noticed.
    if (remarks_.size() == 1 && remarks_[0].find("are taken from") != std::string::npos) continue;
    EXPECT_THAT(remarks_, ElementsAre(HasSubstr("is parsed again, " + file.string()))) << at;
    ASSERT_EQ(testing::read_file(file), whole) << at;
  }
  for (const std::size_t size : {std::size_t{0}, whole.size() / 2, whole.size() - 1}) {
    testing::write_file(file, whole.substr(0, size));
    load(csv_);
    EXPECT_THAT(remarks_, ElementsAre(HasSubstr("is parsed again")));
    ASSERT_EQ(testing::read_file(file), whole);
  }
}

TEST_F(RatingsCacheTest, AFileOfOtherSettingsIsNotTaken) {
  load(csv_);
  const std::filesystem::path first = files().at(0);
  CsvSource other = csv_;
  other.user_column = "item";
  other.item_column = "user";
  load(other);
  std::filesystem::path second = files().at(0) == first ? files().at(1) : files().at(0);
  std::filesystem::copy_file(first, second, std::filesystem::copy_options::overwrite_existing);
  load(other);
  EXPECT_THAT(remarks_, ElementsAre(HasSubstr("it was not made for these settings")));
}

TEST_F(RatingsCacheTest, WhereItCannotWriteItSaysSo) {
  write("runs", "a file in the way");
  load(csv_);
  EXPECT_THAT(remarks_, ElementsAre(AllOf(HasSubstr("are not kept"), HasSubstr("runs/cache"))));
}

TEST_F(RatingsCacheTest, SmallFilesAndGeneratedRatingsAreNotKept) {
  load(SyntheticSource{});
  options_.cached_from = LoadOptions().cached_from;
  load(csv_);
  options_.cached_from = 1;
  options_.cache.clear();
  load(csv_);
  options_.cache = folder_ / "runs/cache";
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(RatingsCacheTest, AFileThatCannotBeReadIsADataError) {
  const RatingsCache cache(options_.cache, csv_, options_.remark);
  EXPECT_THROW(cache.key(path("none")), DataError);
}

}  // namespace
}  // namespace lacuna::data
