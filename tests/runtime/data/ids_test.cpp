#include "runtime/data/ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/data/whole_number.hpp"

namespace lacuna::data {
namespace {

using ::testing::ElementsAre;

TEST(WholeNumber, InAnySpellingOfPrograms) {
  struct Case {
    const char* text;
    std::uint64_t number;
  };
  for (const Case& same : {Case{"0", 0}, Case{"42", 42}, Case{"42.0", 42}, Case{"42.", 42},
                           Case{"1e+05", 100000}, Case{"1.5E3", 1500}, Case{"128000.0", 128000},
                           Case{"120e-1", 12}, Case{"1.000000000000000000e+00", 1}, Case{"0.0", 0},
                           Case{"0e99", 0}, Case{"1.8446744073709551615e19", 18446744073709551615u},
                           Case{"7.6561197960265729E+16", 76561197960265729u}}) {
    EXPECT_EQ(whole_number(same.text), same.number) << same.text;
  }
  for (const char* other :
       {"", "-1", "+1", "007", "00", "1.5", "1e", "e5", "1e999", "0x10", " 1", "1 ", "12e-1",
        "18446744073709551616", "1e20", "nan", "1e400000000000", ".5", "1,0"}) {
    EXPECT_EQ(whole_number(other), std::nullopt) << other;
  }
}

Ids settled(const std::vector<const char*>& fields, std::vector<std::int32_t>& codes) {
  IdColumn column;
  for (const char* field : fields) {
    const auto number = plain_whole_number(field);
    codes.push_back(number ? column.number(*number) : column.text(field));
  }
  return column.settle(codes);
}

TEST(IdColumn, IsOfNumbersWhereAllOfItsTextsAre) {
  std::vector<std::int32_t> codes;
  const Ids ids = settled({"7", "1e+05", "100000", "7.0", "3"}, codes);
  EXPECT_THAT(ids.numbers(), ElementsAre(3, 7, 100000));
  EXPECT_THAT(codes, ElementsAre(1, 2, 2, 1, 0));
  EXPECT_EQ(ids.find("100000.0"), 2);
  EXPECT_EQ(ids.find("4"), std::nullopt);
  EXPECT_EQ(ids.find("ann"), std::nullopt);
}

TEST(IdColumn, OneTextMakesAllOfThemTexts) {
  std::vector<std::int32_t> codes;
  const Ids ids = settled({"7", "1e+05", "100000", "007", "10"}, codes);
  EXPECT_FALSE(ids.are_numbers());
  EXPECT_EQ(ids.text(0), "007");
  EXPECT_THAT(codes, ElementsAre(4, 3, 2, 0, 1));
  EXPECT_EQ(ids.find("1e+05"), 3);
  EXPECT_EQ(ids.find("7.0"), std::nullopt);
  EXPECT_EQ(ids.find("zzz"), std::nullopt);
  EXPECT_EQ(ids.subset({1, 4}).text(1), "7");
}

TEST(TextIndex, NumbersTextsAsTheyAppear) {
  TextIndex index;
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 5000; ++i) EXPECT_EQ(index("t" + std::to_string(i * 31)), i);
  }
  EXPECT_EQ(index(""), 5000);
  EXPECT_EQ(index.texts().size(), 5001u);
  EXPECT_EQ(index.texts()[3], "t93");
}

}  // namespace
}  // namespace lacuna::data
