#include "runtime/data/ratings/parse_ratings.hpp"

#include "tests/runtime/data/ratings/parse_files.hpp"

namespace lacuna::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::uint64_t no_limit = std::uint64_t{1} << 40;

struct ParseRatingsTest : DataTest {
  ParsedRatings parse_100k(std::string_view text) {
    return parse_movielens(write("u.data", text), MovieLensFormat::ml_100k, no_limit);
  }
  ParsedRatings parse_1m(std::string_view text) {
    return parse_movielens(write("ratings.dat", text), MovieLensFormat::ml_1m, no_limit);
  }
  ParsedRatings parse_table(std::string_view text, const CsvSource& source = {}) {
    return parse_csv(write("a.csv", text), source);
  }
};

TEST_F(ParseRatingsTest, MovieLens100KWithAnyLineEnd) {
  for (const std::string_view text :
       {"9\t5\t3\t0\n2\t5\t4.5\t0\n", "9\t5\t3\t0\r\n2\t5\t4.5\t0\r\n", "9\t5\t3\t0\n2\t5\t4.5\t0",
        "9\t5\t3\t0\n2\t5\t4.5\t0\n\r\n\n"}) {
    const ParsedRatings parsed = parse_100k(text);
    EXPECT_THAT(parsed.users.numbers().ids(), ElementsAre(9, 2));
    EXPECT_THAT(parsed.items.numbers().ids(), ElementsAre(5));
    EXPECT_THAT(parsed.user, ElementsAre(0, 1));
    EXPECT_THAT(parsed.item, ElementsAre(0, 0));
    EXPECT_THAT(parsed.value, ElementsAre(3.0f, 4.5f));
  }
}

TEST_F(ParseRatingsTest, MovieLens1MWithAndWithoutTimestampAndGzip) {
  EXPECT_THAT(parse_1m("1::2::3::978300760\n1::4::5::1\n").value, ElementsAre(3, 5));
  EXPECT_THAT(parse_1m("1::2::3\n1::4::5\n").value, ElementsAre(3, 5));
  write_gzip("ratings.dat.gz", "1::2::3\n1::4::5");
  const ParsedRatings parsed =
      parse_movielens(path("ratings.dat.gz"), MovieLensFormat::ml_1m, no_limit);
  EXPECT_THAT(parsed.items.numbers().ids(), ElementsAre(2, 4));
  EXPECT_EQ(parsed.checksum, parse_1m("1::2::3\n1::4::5").checksum);
}

TEST_F(ParseRatingsTest, MovieLens10MHasHalfStars) {
  const ParsedRatings parsed = parse_1m("1::122::5::838985046\n1::185::3.5::838983525\n");
  EXPECT_THAT(parsed.items.numbers().ids(), ElementsAre(122, 185));
  EXPECT_THAT(parsed.value, ElementsAre(5.0f, 3.5f));
}

TEST_F(ParseRatingsTest, LaterMovieLensIsCsv) {
  const auto parse = [&](const std::string& file) {
    return parse_movielens(file, MovieLensFormat::csv, no_limit);
  };
  const std::string rows = "userId,movieId,rating,timestamp\r\n1,296,5.0,1147880044\r\n1,306,3.5,7";
  for (const std::string& file : {write("ratings.csv", rows), write_gzip("ratings.csv.gz", rows)}) {
    const ParsedRatings parsed = parse(file);
    EXPECT_THAT(parsed.users.numbers().ids(), ElementsAre(1));
    EXPECT_THAT(parsed.items.numbers().ids(), ElementsAre(296, 306));
    EXPECT_THAT(parsed.value, ElementsAre(5.0f, 3.5f));
  }
  EXPECT_THAT(message_of<DataError>([&] { parse(write("ratings.csv", rows + ",8\n")); }),
              HasSubstr("ratings.csv:3: 5 fields where 4 are expected"));
  EXPECT_THAT(
      message_of<DataError>([&] { parse(write("ratings.csv", "user,item,rating\n")); }),
      HasSubstr("ratings.csv:1: no column 'userId', in: user,item,rating (for a file of your "
                "own set data.type to \"csv\")"));
}

TEST_F(ParseRatingsTest, IdsAreUnsigned64Bit) {
  EXPECT_THAT(parse_1m("18446744073709551615::0::1\n").users.numbers().ids(),
              ElementsAre(18446744073709551615u));
}

TEST_F(ParseRatingsTest, BadRowsNameFileLineAndFault) {
  struct Case {
    std::string_view row;
    std::string_view fault;
  };
  for (const Case& bad : {
           Case{"1\t2\t3", "3 fields where 4 are expected, in: 1\\t2\\t3"},
           Case{"1", "1 fields where 4"},
           Case{"1\t2\t3\t4\t5", "5 fields where 4"},
           Case{"1::2::3::4", "1 fields where 4"},
           Case{"x\t2\t3\t4", "the user id 'x' is not a whole number >= 0"},
           Case{"-1\t2\t3\t4", "the user id '-1' is not"},
           Case{"1.5\t2\t3\t4",
                "the user id '1.5' is not a whole number >= 0: set data.type to \"csv\""},
           Case{" 1\t2\t3\t4", "the user id ' 1' is not"},
           Case{"1\t18446744073709551616\t3\t4",
                "the item id '18446744073709551616' exceeds 64 bits"},
           Case{"\t2\t3\t4", "the user id is empty"},
           Case{"1\t\t3\t4", "the item id is empty"},
           Case{"1\t2\t\t4", "the rating is empty"},
           Case{"1\t2\tnan\t4", "the rating is 'nan' (set data.missing to \"drop\""},
           Case{"1\t2\t-inf\t4", "the rating '-inf' is not"},
           Case{"1\t2\t1e999\t4", "the rating '1e999' is not"},
           Case{"1\t2\t3x\t4", "the rating '3x' is not"},
           Case{"1\t2\t3\xff\x1b\t4", "the rating '3\\xff\\x1b'"},
           Case{"", "a blank line before further rows"},
       }) {
    const std::string text = "1\t2\t3\t4\n" + std::string(bad.row) + "\n5\t6\t3\t4\n";
    EXPECT_THAT(message_of<DataError>([&] { parse_100k(text); }),
                AllOf(StartsWith(path("u.data") + ":2: "), HasSubstr(std::string(bad.fault))));
  }
}

TEST_F(ParseRatingsTest, LongRowsAreCutInMessages) {
  const std::string text = "1\t2\t3\t" + std::string(5000, '9') + "\t\n";
  EXPECT_LT(message_of<DataError>([&] { parse_100k(text); }).size(), 300u);
}

TEST_F(ParseRatingsTest, RowsOf1MHaveAsManyFieldsAsTheFirst) {
  EXPECT_THAT(message_of<DataError>([&] { parse_1m("1::2::3\n1::4::5::6\n"); }),
              HasSubstr(":2: 4 fields where 3 are expected"));
  EXPECT_THAT(message_of<DataError>([&] { parse_1m("1::2\n"); }),
              HasSubstr(":1: 2 fields where 3 to 4 are expected"));
}

TEST_F(ParseRatingsTest, LinesAreCountedAcrossBlocks) {
  std::string text;
  for (int i = 0; i < 200000; ++i) text += "1\t" + std::to_string(i) + "\t3\t0\n";
  ASSERT_GT(text.size(), std::size_t{2} << 20);
  EXPECT_EQ(parse_100k(text).value.size(), 200000u);
  EXPECT_THAT(message_of<DataError>([&] { parse_100k(text + "x\n"); }), HasSubstr(":200001: "));
}

TEST_F(ParseRatingsTest, EmptyFilesAreErrors) {
  EXPECT_THAT(message_of<DataError>([&] { parse_100k(""); }), HasSubstr("u.data is empty"));
  EXPECT_THAT(message_of<DataError>([&] { parse_100k("\n\n"); }), HasSubstr("no ratings"));
  EXPECT_THAT(message_of<DataError>([&] { parse_table("user,item,rating\n"); }),
              HasSubstr("no ratings"));
}

TEST_F(ParseRatingsTest, CsvFindsItsColumns) {
  CsvSource source;
  source.user_column = "who";
  source.item_column = "what, exactly";
  source.rating_column = "stars";
  const ParsedRatings parsed = parse_table(
      "\xEF\xBB\xBFstars,note,\"what, exactly\",who\r\n"
      "4.5,\"he said \"\"so, so\"\"\",\"12\",3\r\n"
      "1,,7,3",
      source);
  EXPECT_THAT(parsed.users.numbers().ids(), ElementsAre(3));
  EXPECT_THAT(parsed.items.numbers().ids(), ElementsAre(12, 7));
  EXPECT_THAT(parsed.value, ElementsAre(4.5f, 1.0f));
  EXPECT_EQ(parsed.place_of(1), path("a.csv") + ":3");
}

TEST_F(ParseRatingsTest, CsvTakesAnyDelimiter) {
  CsvSource source;
  for (const std::string delimiter : {";", "\t", "::", "|", "~"}) {
    source.delimiter = delimiter;
    const auto row = [&](std::string_view a, std::string_view b, std::string_view c) {
      return std::string(a) + delimiter + std::string(b) + delimiter + std::string(c) + "\n";
    };
    EXPECT_THAT(parse_table(row("item", "user", "rating") + row("1", "2", "3"), source)
                    .users.numbers()
                    .ids(),
                ElementsAre(2));
  }
  for (const std::string delimiter : {"", "\"", "\n"}) {
    source.delimiter = delimiter;
    EXPECT_THROW(parse_table("user,item,rating\n1,2,3\n", source), std::invalid_argument);
  }
}

TEST_F(ParseRatingsTest, BadCsvNamesFileLineAndFault) {
  struct Case {
    std::string_view text;
    std::string_view fault;
  };
  for (const Case& bad : {
           Case{"user,item,x\n1,2,3\n",
                ":1: no column 'rating' (set data.rating_column to one of the columns: "},
           Case{"user,item,rating,user\n1,2,3,4\n", ":1: column 'user' occurs twice"},
           Case{"user,item,rating\n1,2\n", ":2: 2 fields where 3 are expected"},
           Case{"user,item,rating\n1,2,3,4\n", ":2: 4 fields where 3 are expected"},
           Case{"user,item,rating\n1,2,\"3\n", ":2: a quoted field does not end"},
           Case{"user,item,rating\n1,\"2\"x,3\n", ":2: text follows a closing quote"},
           Case{"user,item,rating\n1,2,3\n1,\"\",3\n", ":3: the item id is empty"},
       }) {
    EXPECT_THAT(message_of<DataError>([&] { parse_table(bad.text); }),
                HasSubstr(path("a.csv") + std::string(bad.fault)));
  }
}

}  // namespace
}  // namespace lacuna::data
