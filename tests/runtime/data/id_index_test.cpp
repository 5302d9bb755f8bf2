#include "runtime/data/id_index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lacuna::data {
namespace {

TEST(IdIndex, NumbersIdsByFirstAppearance) {
  IdIndex index;
  EXPECT_EQ(index(18446744073709551615u), 0);
  EXPECT_EQ(index(0), 1);
  EXPECT_EQ(index(0), 1);
  EXPECT_EQ(index(18446744073709551615u), 0);
  EXPECT_THAT(index.ids(), ::testing::ElementsAre(18446744073709551615u, 0));
}

TEST(IdIndex, KeepsItsNumbersWhileItGrows) {
  IdIndex index;
  for (int pass = 0; pass < 2; ++pass) {
    for (std::uint64_t k = 0; k < 20000; ++k) {
      ASSERT_EQ(index(k << 40), static_cast<std::int32_t>(k));
    }
  }
  EXPECT_EQ(index.ids().size(), 20000u);
}

}  // namespace
}  // namespace lacuna::data
