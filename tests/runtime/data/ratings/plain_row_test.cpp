#include "runtime/data/ratings/plain_row.hpp"

#include "runtime/data/text_lines.hpp"
#include "runtime/data/whole_number.hpp"
#include "tests/runtime/data/ratings/parse_files.hpp"

namespace lacuna::data {
namespace {

RowLayout layout(const std::string& delimiter, std::size_t fields) {
  RowLayout layout;
  layout.format = {
      .delimiter = delimiter, .quotes = true, .min_fields = fields, .max_fields = fields};
  return layout;
}

RowLayout with_time() {
  RowLayout with_time = layout(",", 4);
  with_time.time = 3;
  return with_time;
}

/// Takes the one row of `text`, and finds in it what parse_row() finds.
void expect_plain(std::string_view text, const RowLayout& layout) {
  SCOPED_TRACE(text);
  std::string_view rest = text;
  PlainRow row;
  ASSERT_TRUE(PlainRows(layout).take(rest, row));
  EXPECT_EQ(rest, "");
  RatingRow same;
  ASSERT_EQ(parse_row(take_line(text), layout, same), RowOutcome::rating);
  EXPECT_EQ(plain_whole_number(same.user), row.user);
  EXPECT_EQ(plain_whole_number(same.item), row.item);
  EXPECT_EQ(same.value, row.value);
  if (layout.has_time()) {
    EXPECT_EQ(same.time, row.time);
  }
}

void expect_other(std::string_view text, const RowLayout& layout) {
  SCOPED_TRACE(text);
  std::string_view rest = text;
  PlainRow row;
  EXPECT_FALSE(PlainRows(layout).take(rest, row));
  EXPECT_EQ(rest, text);
}

TEST(PlainRows, SayWhatParseRowSays) {
  for (const std::string_view row :
       {"1,2,3\n", "1,2,3.5\r\n", "0,0,0", "138493,131262,.5\n", "1,2,-7.25e-1\n", "1,2,4.\n",
        "9999999999999999999,2,0.1\n", "1,2,3.4028235e38\n", "1,2,1e-60\n"}) {
    expect_plain(row, layout(",", 3));
  }
  expect_plain("1,2,0." + std::string(62, '1') + "\n", layout(",", 3));
  expect_plain("1::2::3::1112486027\n", layout("::", 4));
  expect_plain("1\t2\t3\t9999999999999999999\n", layout("\t", 4));
  expect_plain("1,2,3,9007199254740993\n", with_time());
  RowLayout other_order = layout(";", 6);
  other_order.user = 4;
  other_order.item = 0;
  other_order.rating = 3;
  other_order.time = 2;
  expect_plain("11;12;13;1.5;15;16\n", other_order);
}

TEST(PlainRows, LeaveOtherRowsAsTheyAre) {
  for (const std::string_view row : {"",
                                     "\n",
                                     "1,2\n",
                                     "1,2,3,4\n",
                                     "1,2,3,\n",
                                     "x,2,3\n",
                                     "1,2,x\n",
                                     "1,2,\n",
                                     ",2,3\n",
                                     "1,,3\n",
                                     "01,2,3\n",
                                     "1,00,3\n",
                                     "-1,2,3\n",
                                     "1.0,2,3\n",
                                     "1e2,2,3\n",
                                     " 1,2,3\n",
                                     "1,2,3 \n",
                                     "1,2, 3\n",
                                     "\"1\",2,3\n",
                                     "1,2,\"3\"\n",
                                     "1,2,nan\n",
                                     "1,2,inf\n",
                                     "1,2,1e99\n",
                                     "1,2,3\r\r\n",
                                     "1,2,3\r",
                                     "10000000000000000000,2,3\n",
                                     "1,2,3x\n"}) {
    expect_other(row, layout(",", 3));
  }
  expect_other("1,2,0." + std::string(63, '1') + "\n", layout(",", 3));
  expect_other("1:2::3::4\n", layout("::", 4));
  expect_other("1:::2::3::4\n", layout("::", 4));
  expect_other("1,2,3,4.5\n", with_time());
}

TEST(PlainRows, AreNoneWhereTheLayoutAllowsOthers) {
  for (const std::string delimiter : {"e", "E", "+", "-", ".", "0", "9-"}) {
    expect_other("1" + delimiter + "2" + delimiter + "3\n", layout(delimiter, 3));
  }
  RowLayout open = layout(",", 3);
  open.format.max_fields = 4;
  expect_other("1,2,3\n", open);
  RowLayout blanks = layout(" ", 3);
  blanks.format.blanks = true;
  expect_other("1 2 3\n", blanks);
  RowLayout blocks = layout(",", 3);
  blocks.kind = RowKind::blocks;
  expect_other("1,2,3\n", blocks);
  RowLayout twice = layout(",", 3);
  twice.rating = twice.item;
  expect_other("1,2,3\n", twice);
  expect_other("1,2\n", layout(",", 2));
  expect_other("1,2,3,4,5,6,7,8,9\n", layout(",", 9));
}

struct PlainRowsInFiles : DataTest {};

TEST_F(PlainRowsInFiles, StandAmongOthersInTheOrderOfTheFile) {
  CsvSource source;
  source.timestamp_column = "when";
  source.drop_values = {0};
  source.missing = MissingRating::drop;
  const ParsedRatings parsed = parse_csv(write("r.csv",
                                               "user,item,rating,when\n"
                                               "3,1,5,10\n"
                                               "1,2,0,20\n"  // dropped
                                               "1,3,4,30\n"
                                               "\"1\",\"4\",3,40\n"
                                               "x,1,NA,50\n"
                                               "2.0,1,2.5,60\n"
                                               "2,4,1,2015-03-31\n"
                                               "3,4,2,70\n\n"),
                                         source);
  EXPECT_THAT(parsed.value, ::testing::ElementsAre(5, 4, 3, 2.5f, 1, 2));
  EXPECT_THAT(parsed.time, ::testing::ElementsAre(10, 30, 40, 60, 1427760000, 70));
  EXPECT_EQ(parsed.missing, 1);
  EXPECT_EQ(parsed.dropped, 1);
  const auto lines = {2, 4, 5, 7, 8, 9};
  std::int64_t entry = 0;
  for (const int line : lines) EXPECT_EQ(parsed.line_of(entry++, 0), std::to_string(line));
  ParsedRatings settled = parsed;
  EXPECT_THAT(settled.users.settle(settled.user).numbers(), ::testing::ElementsAre(1, 2, 3));
  EXPECT_THAT(settled.user, ::testing::ElementsAre(2, 0, 0, 1, 1, 2));
}

TEST_F(PlainRowsInFiles, ABlankLineBeforeThemIsAnError) {
  const std::string file = write("r.csv", "user,item,rating\n1,1,5\n\n1,2,4\n");
  EXPECT_THAT(message_of<DataError>([&] { parse_csv(file, CsvSource()); }),
              ::testing::HasSubstr(file + ":3: a blank line"));
}

}  // namespace
}  // namespace lacuna::data
