#include "runtime/data/ratings/build_ratings.hpp"

#include "tests/runtime/data/ratings/parse_files.hpp"

namespace lacuna::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct BuildRatingsTest : DataTest {
  Ratings build(std::string_view rows, Duplicates duplicates = Duplicates::error) {
    const std::string file = write("a.csv", "user,item,rating\n" + std::string(rows));
    return build_ratings(parse_csv(file, {}), duplicates, file);
  }
};

TEST_F(BuildRatingsTest, DoesNotDependOnTheOrderOfTheFile) {
  for (const std::string_view rows : {"7,30,1\n7,20,2\n3,30,4\n", "3,30,4\n7,20,2\n7,30,1\n"}) {
    const Ratings ratings = build(rows);
    EXPECT_THAT(ratings.ids.user.numbers(), ElementsAre(3, 7));
    EXPECT_THAT(ratings.ids.item.numbers(), ElementsAre(20, 30));
    EXPECT_THAT(ratings.user, ElementsAre(0, 1, 1));
    EXPECT_THAT(ratings.item, ElementsAre(1, 0, 1));
    EXPECT_THAT(ratings.value, ElementsAre(4, 2, 1));
    EXPECT_TRUE(ratings.truth.empty());
    EXPECT_EQ(ratings.source, path("a.csv"));
    EXPECT_EQ(ratings.checksum.size(), 32u);
  }
}

TEST_F(BuildRatingsTest, DuplicatesNameBothLinesOrAreSettled) {
  const std::string_view rows = "1,2,5\n1,3,1\n2,2,4\n1,2,2\n1,2,2\n";
  EXPECT_THAT(message_of<DataError>([&] { build(rows); }),
              HasSubstr("a.csv:5: user 1 already rated item 2 on line 2: "));
  EXPECT_THAT(build(rows, Duplicates::last).value, ElementsAre(2, 1, 4));
  EXPECT_THAT(build(rows, Duplicates::mean).value, ElementsAre(3, 1, 4));
}

}  // namespace
}  // namespace lacuna::data
