#include "runtime/data/ratings/titles.hpp"

#include <map>
#include <numeric>

#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class TitlesTest : public DataTest {
 protected:
  /// By the items' numbers, of which 0 to 999 are known.
  static std::map<std::uint64_t, std::string> of_file(const std::string& ratings) {
    std::vector<std::uint64_t> numbers(1000);
    std::iota(numbers.begin(), numbers.end(), std::uint64_t{0});
    const Titles titles = titles_beside(ratings, numbers);
    return {titles.begin(), titles.end()};
  }
  std::map<std::uint64_t, std::string> beside(std::string_view ratings) const {
    return of_file(path(ratings));
  }

  std::string error(std::string_view ratings) const {
    return message_of<DataError>([&] { beside(ratings); });
  }
};

TEST_F(TitlesTest, AreReadFromEachFormatAndTakenForLatin1WhereTheyAreNotUtf8) {
  write("u.item", "1|Toy Story (1995)|01-Jan-1995|\n543|Mis\xE9rables, Les|1995|\n");
  EXPECT_THAT(beside("u.data"), UnorderedElementsAre(Pair(1, "Toy Story (1995)"),
                                                     Pair(543, "Mis\xC3\xA9rables, Les")));
  write("1m/movies.dat", "2::Jumanji (1995)::Fantasy\r\n73::Mis\xC3\xA9rables::Drama\r\n\r\n");
  EXPECT_THAT(beside("1m/ratings.dat"),
              UnorderedElementsAre(Pair(2, "Jumanji (1995)"), Pair(73, "Mis\xC3\xA9rables")));
  write("csv/movies.csv",
        "\xEF\xBB\xBFmovieId,title,genres\n11,\"Say \"\"Hi\"\", You\",Drama\n12,Heat,\n");
  EXPECT_THAT(beside("csv/ratings.csv"),
              UnorderedElementsAre(Pair(11, "Say \"Hi\", You"), Pair(12, "Heat")));
}

TEST_F(TitlesTest, AreUtf8WhateverTheFileHolds) {
  // An overlong NUL, a surrogate, and a character beyond the last one.
  write("movies.dat", "1::\xC0\x80::a\n2::\xED\xA0\x80::b\n3::\xF5\x80\x80\x80::c\n");
  EXPECT_THAT(
      beside("ratings.dat"),
      UnorderedElementsAre(Pair(1, "\xC3\x80\xE2\x82\xAC"), Pair(2, "\xC3\xAD\xC2\xA0\xE2\x82\xAC"),
                           Pair(3, "\xC3\xB5\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC")));
}

TEST_F(TitlesTest, MayBePackedAndHaveColumnsOfAnOwnFile) {
  write_gzip("movies.csv.gz", "title,item\nHeat,7\n");
  EXPECT_THAT(beside("mine.txt"), UnorderedElementsAre(Pair(7, "Heat")));
}

TEST_F(TitlesTest, OfSeveralFilesTheOneOfTheRatingsCounts) {
  write("u.item", "1|a|\n");
  write("movies.dat", "1::b::c\n");
  EXPECT_THAT(beside("u.data.gz"), UnorderedElementsAre(Pair(1, "a")));
  EXPECT_THAT(beside("ratings.dat.gz"), UnorderedElementsAre(Pair(1, "b")));
  EXPECT_THAT(beside("ratings.csv"), UnorderedElementsAre(Pair(1, "a")));
}

TEST_F(TitlesTest, AreEmptyWhereThereIsNoFile) {
  EXPECT_THAT(beside("u.data"), IsEmpty());
}

TEST_F(TitlesTest, DamageNamesTheLine) {
  struct Case {
    const char* text;
    const char* place;
    const char* says;
  };
  for (const Case& bad :
       {Case{"1::a::b\n2::b\n", "movies.dat:2: ", "2 fields"},
        Case{"1\n", "movies.dat:1: ", "1 fields"},
        Case{"1::a::b\n\n2::b::c\n", "movies.dat:2: ", "blank line"},
        Case{"1::a::b\n1::b::c\n", "movies.dat:2: ", "item 1 has a title already"}}) {
    write("movies.dat", bad.text);
    EXPECT_THAT(error("ratings.dat"), AllOf(HasSubstr(bad.place), HasSubstr(bad.says)));
  }
  write("movies.csv", "movieId,label\n1,a\n");
  EXPECT_THAT(error("ratings.csv"),
              AllOf(HasSubstr("movies.csv:1: "),
                    HasSubstr("no column of the items' titles, which is called one of 'title'")));
  write("movies.csv", "movieId,title\n1,\"a\n");
  EXPECT_THAT(error("ratings.csv"), AllOf(HasSubstr("movies.csv:2: "), HasSubstr("quoted")));
}

TEST_F(TitlesTest, OfMovieLensAreAllThere) {
  const char* data = std::getenv("LACUNA_DATA");
  if (data == nullptr) GTEST_SKIP() << "LACUNA_DATA is not set";
  const std::filesystem::path folder(data);
  if (!std::filesystem::exists(folder / "ml-100k/u.item.gz")) GTEST_SKIP() << "no MovieLens there";
  EXPECT_EQ(of_file((folder / "ml-100k/u.data.gz").string()).size(), 999u);
  EXPECT_EQ(of_file((folder / "ml-100k/u.data.gz").string()).at(543),
            "Mis\xC3\xA9rables, Les (1995)");
  EXPECT_EQ(of_file((folder / "ml-1m/ratings_no_timestamp.dat.gz").string()).at(73),
            "Mis\xC3\xA9rables, Les (1995)");
}

}  // namespace
}  // namespace lacuna::data
