#include "runtime/data/ratings/locate_ratings.hpp"

#include "runtime/data/data_path.hpp"
#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

MovieLensSource movielens(std::string path, MovieLensFormat format = MovieLensFormat::by_name) {
  MovieLensSource source;
  source.path = std::move(path);
  source.format = format;
  return source;
}

/// The first file's path, and its format by its delimiter.
struct Found {
  std::string path;
  MovieLensFormat format;
};
Found find(const MovieLensSource& source) {
  const LocatedRatings located = locate_ratings(source);
  const std::string& delimiter = located.format.row->delimiter;
  return {located.files.front().path, delimiter == "\t"   ? MovieLensFormat::ml_100k
                                      : delimiter == "::" ? MovieLensFormat::ml_1m
                                                          : MovieLensFormat::csv};
}

struct LocateTest : DataTest {
  ScopedVariable data_{"LACUNA_DATA", folder_.path().string()};
};

TEST_F(LocateTest, FindsTheKnownNamesInAFolder) {
  struct Case {
    const char* name;
    MovieLensFormat format;
  };
  for (const Case& known :
       {Case{"u.data", MovieLensFormat::ml_100k}, Case{"u.data.gz", MovieLensFormat::ml_100k},
        Case{"ratings.dat", MovieLensFormat::ml_1m}, Case{"ratings.dat.gz", MovieLensFormat::ml_1m},
        Case{"ratings_no_timestamp.dat", MovieLensFormat::ml_1m},
        Case{"ratings_no_timestamp.dat.gz", MovieLensFormat::ml_1m},
        Case{"ratings.csv", MovieLensFormat::csv}, Case{"ratings.csv.gz", MovieLensFormat::csv}}) {
    const std::string file = write(std::string("folder/") + known.name, "");
    for (const std::string& given : {path("folder"), file}) {
      const Found found = find(movielens(given));
      EXPECT_EQ(found.path, file);
      EXPECT_EQ(found.format, known.format);
    }
    std::filesystem::remove_all(path("folder"));
  }
}

TEST_F(LocateTest, TheFormatChoosesAmongTheFilesOfAFolder) {
  write("both/u.data", "");
  write("both/ratings.dat", "");
  EXPECT_EQ(find(movielens(path("both"), MovieLensFormat::ml_1m)).path, path("both/ratings.dat"));
  EXPECT_EQ(find(movielens(path("both"))).path, path("both/u.data"));
}

TEST_F(LocateTest, TheFormatOfAFileIsSetOrKnownByItsName) {
  write("u1.base", "");
  write("mine.txt", "");
  EXPECT_EQ(find(movielens(path("u1.base"))).format, MovieLensFormat::ml_100k);
  EXPECT_EQ(find(movielens(path("mine.txt"), MovieLensFormat::ml_1m)).format,
            MovieLensFormat::ml_1m);
  EXPECT_THAT(message_of<ConfigError>([&] { find(movielens(path("mine.txt"))); }),
              HasSubstr("data.format"));
}

TEST_F(LocateTest, RelativePathsAreLookedUpBelowLacunaData) {
  write("ml-100k/u.data", "");
  EXPECT_EQ(find(movielens("ml-100k")).path, path("ml-100k/u.data"));
  write("mine.csv", "");
  CsvSource csv;
  csv.path = "mine.csv";
  EXPECT_EQ(locate_ratings(csv).files.front().path, path("mine.csv"));
}

TEST_F(LocateTest, TheHomeFolderExpands) {
  const ScopedVariable home("HOME", folder_.path().string());
  write("ml/u.data", "");
  EXPECT_EQ(find(movielens("~/ml")).path, path("ml/u.data"));
  EXPECT_EQ(resolve_path("~"), folder_.path().string());
  EXPECT_EQ(resolve_path("~other/x"), "~other/x");
}

TEST_F(LocateTest, WhatIsMissingIsNamedWithWhereToGetIt) {
  EXPECT_THAT(message_of<DataError>([] { find(movielens("no-such-folder")); }),
              AllOf(HasSubstr("looked for no-such-folder and " + path("no-such-folder")),
                    HasSubstr("https://grouplens.org/datasets/movielens/")));
  EXPECT_THAT(message_of<DataError>([&] { find(movielens(folder_.path().string())); }),
              AllOf(HasSubstr("u.data, ratings.dat, ratings_no_timestamp.dat, ratings.csv"),
                    HasSubstr("grouplens.org")));
  CsvSource csv;
  csv.path = path("none.csv");
  EXPECT_THAT(message_of<DataError>([&] { locate_ratings(csv); }), HasSubstr(path("none.csv")));
  std::filesystem::create_directory(path("empty"));
  csv.path = path("empty");
  EXPECT_THAT(message_of<DataError>([&] { locate_ratings(csv); }),
              HasSubstr("is a folder without parts of a data set"));
}

}  // namespace
}  // namespace lacuna::data
