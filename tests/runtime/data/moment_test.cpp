#include "runtime/data/moment.hpp"

#include <gtest/gtest.h>

namespace lacuna::data {
namespace {

TEST(Moment, IsANumberOrAnIsoDate) {
  EXPECT_EQ(parse_moment("881250949"), 881250949.0);
  EXPECT_EQ(parse_moment("1.5e9"), 1.5e9);
  EXPECT_EQ(parse_moment("1970-01-02"), 86400.0);
  EXPECT_EQ(parse_moment("2005-09-06"), 1125964800.0);
  EXPECT_EQ(parse_moment("2015-03-31T06:40:39Z"), 1427784039.0);
  EXPECT_EQ(parse_moment("2015-03-31 06:40:39.5"), 1427784039.5);
  EXPECT_EQ(parse_moment("2015/03/31 06:40"), 1427784000.0);
  EXPECT_EQ(parse_moment("2015-03-31 06:40:39+02:00"), 1427784039.0);
  for (const char* other : {"", "yesterday", "2015-13-01", "2015-02-30", "2015-03-31x",
                            "2015-03-31 6", "2015-03-31 25:00:00", "nan", "31.03.2015"}) {
    EXPECT_EQ(parse_moment(other), std::nullopt) << other;
  }
}

}  // namespace
}  // namespace lacuna::data
