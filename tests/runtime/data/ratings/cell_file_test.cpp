#include "runtime/data/ratings/cell_file.hpp"

#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class CellFile : public DataTest {
 protected:
  std::string error(std::string_view text, CellColumns columns) const {
    const std::string file = write("mine.csv", text);
    return message_of<DataError>([&] { read_cells(file, columns); });
  }
};

TEST_F(CellFile, IsReadInItsOrderByTheHeadersNames) {
  const std::string text = "note,item,user\r\n\"a, b\",7,18446744073709551615\r\n,3,1\r\n\r\n";
  for (const std::string& file : {write("mine.csv", text), write_gzip("mine.csv.gz", text)}) {
    const std::vector<NamedCell> cells = read_cells(file, CellColumns::user_item);
    ASSERT_THAT(cells, SizeIs(2));
    EXPECT_EQ(cells[0].user, "18446744073709551615");
    EXPECT_EQ(cells[0].item, "7");
    EXPECT_EQ(cells[0].line, 2);
    EXPECT_EQ(cells[1].item, "3");
    EXPECT_EQ(cells[1].line, 3);
    EXPECT_THAT(read_cells(file, CellColumns::item), SizeIs(2));
  }
}

TEST_F(CellFile, RatingsAreReadAndUsersNotAskedFor) {
  const auto cells =
      read_cells(write("mine.csv", "item,rating,user\n4,3.5,me\n"), CellColumns::item_rating);
  ASSERT_THAT(cells, SizeIs(1));
  EXPECT_EQ(cells[0].item, "4");
  EXPECT_EQ(cells[0].rating, 3.5f);
}

TEST_F(CellFile, AFractionMayFollowAComma) {
  const auto cells =
      read_cells(write("mine.csv", "item;rating\n4;3,5\n"), CellColumns::item_rating);
  EXPECT_EQ(cells.at(0).rating, 3.5f);
}

TEST_F(CellFile, DamageNamesTheLine) {
  using enum CellColumns;
  EXPECT_THAT(error("item\n1\n", user_item), AllOf(HasSubstr("mine.csv:1: "), HasSubstr("'user'")));
  EXPECT_THAT(error("item,item\n1,2\n", item), HasSubstr("occurs twice"));
  EXPECT_THAT(error("item,user\n1,2\n3\n", user_item),
              AllOf(HasSubstr("mine.csv:3: "), HasSubstr("1 fields")));
  EXPECT_THAT(error("item,x\n,1\n", item), AllOf(HasSubstr("mine.csv:2: "), HasSubstr("item id")));
  EXPECT_THAT(error("item,rating\n1,nan\n", item_rating),
              AllOf(HasSubstr("mine.csv:2: "), HasSubstr("rating")));
  EXPECT_THAT(error("item\n1\n\n2\n", item), AllOf(HasSubstr("mine.csv:3: "), HasSubstr("blank")));
  EXPECT_THAT(error("Item,User\n1,2\n", user_item),
              HasSubstr("no column named 'item': the first line must name the columns so"));
  EXPECT_THAT(error("{\"user\": 1, \"item\": 2}\n", user_item), HasSubstr("write a CSV file"));
  EXPECT_THAT(error("item,rating\n1,NA\n", item_rating), HasSubstr("is missing: remove the row"));
}

TEST_F(CellFile, WithoutRowsIsAnErrorAsIsNone) {
  EXPECT_THAT(error("", CellColumns::item), HasSubstr("holds no rows"));
  EXPECT_THAT(error("item\n", CellColumns::item), HasSubstr("holds no rows"));
  EXPECT_THAT(message_of<DataError>([&] { read_cells(path("none.csv"), CellColumns::item); }),
              HasSubstr("none.csv"));
}

}  // namespace
}  // namespace lacuna::data
