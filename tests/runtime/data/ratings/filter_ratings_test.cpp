#include "runtime/data/ratings/filter_ratings.hpp"

#include "tests/runtime/data/ratings/parse_files.hpp"

namespace lacuna::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct FilterRatings : DataTest {
  Ratings of(std::string_view rows) {
    const std::string file = write("a.csv", "user,item,rating\n" + std::string(rows));
    return build_ratings(parse_csv(file, {}), Duplicates::error, file);
  }
};

TEST_F(FilterRatings, KeepsTheCore) {
  // Without user d, item z is left with one rating; without z, user c is.
  Ratings ratings = of("a,x,1\na,y,2\nb,x,3\nb,y,4\nc,y,5\nc,z,6\nd,z,7\n");
  const LeftOut out = keep_core(ratings, 2, 2);
  EXPECT_EQ(out.users, 2);
  EXPECT_EQ(out.items, 1);
  EXPECT_EQ(out.ratings, 3);
  EXPECT_EQ(out.rounds, 3);
  EXPECT_EQ(ratings.ids.user.text(1), "b");
  EXPECT_EQ(ratings.ids.item.size(), 2);
  EXPECT_THAT(ratings.value, ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(ratings.item, ElementsAre(0, 1, 0, 1));
}

TEST_F(FilterRatings, NothingThatStaysIsAnError) {
  Ratings ratings = of("1,2,1\n3,4,2\n");
  EXPECT_THAT(message_of<DataError>([&] { keep_core(ratings, 2, 1); }),
              HasSubstr("lower data.least_per_user"));
}

}  // namespace
}  // namespace lacuna::data
