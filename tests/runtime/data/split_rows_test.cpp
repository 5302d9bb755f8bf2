#include "runtime/data/split_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "runtime/error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::data {
namespace {

using ::testing::HasSubstr;

std::vector<std::int64_t> together(const RowParts& parts) {
  std::vector<std::int64_t> all = parts.train;
  all.insert(all.end(), parts.validation.begin(), parts.validation.end());
  all.insert(all.end(), parts.test.begin(), parts.test.end());
  std::ranges::sort(all);
  return all;
}

std::int64_t count(const std::vector<std::int64_t>& rows, const std::vector<std::int32_t>& stratum,
                   std::int32_t wanted) {
  return std::ranges::count_if(
      rows, [&](std::int64_t row) { return stratum[static_cast<std::size_t>(row)] == wanted; });
}

TEST(SplitRows, PartsHaveExactSizesAscendAndMakeUpTheWhole) {
  const RowParts parts = split_rows(103, {0.2, 0.1, 3});
  EXPECT_EQ(parts.test.size(), 21u);       // round(20.6)
  EXPECT_EQ(parts.validation.size(), 8u);  // round(8.2)
  for (const auto* part : {&parts.train, &parts.validation, &parts.test}) {
    EXPECT_TRUE(std::ranges::is_sorted(*part));
  }
  std::vector<std::int64_t> all(103);
  std::iota(all.begin(), all.end(), 0);
  EXPECT_EQ(together(parts), all);
}

TEST(SplitRows, DependsOnTheSeed) {
  EXPECT_EQ(split_rows(103, {0.2, 0.1, 3}).test, split_rows(103, {0.2, 0.1, 3}).test);
  EXPECT_NE(split_rows(103, {0.2, 0.1, 3}).test, split_rows(103, {0.2, 0.1, 4}).test);
}

TEST(SplitRows, StrataKeepTheirShares) {
  std::vector<std::int32_t> stratum(200);
  for (std::size_t i = 0; i < stratum.size(); ++i) stratum[i] = i < 140 ? 0 : i < 190 ? 1 : 2;
  const RowParts parts = split_rows(200, {0.25, 0.2, 0}, stratum);
  EXPECT_EQ(parts.test.size(), 50u);
  EXPECT_EQ(parts.validation.size(), 30u);
  for (const std::int32_t wanted : {0, 1, 2}) {
    const double size = static_cast<double>(std::ranges::count(stratum, wanted));
    EXPECT_NEAR(static_cast<double>(count(parts.test, stratum, wanted)), 0.25 * size, 1) << wanted;
    EXPECT_NEAR(static_cast<double>(count(parts.validation, stratum, wanted)), 0.15 * size, 1.2)
        << wanted;
  }
}

TEST(SplitRows, EmptyPartsAreErrorsThatNameTheKey) {
  const auto fault = [](std::int64_t n, double test, double validation) {
    return testing::message_of<DataError>([&] { split_rows(n, {test, validation, 0}); });
  };
  EXPECT_THAT(fault(4, 0.1, 0.5),
              HasSubstr("the test part of 4 rows is empty: raise data.test_share"));
  EXPECT_THAT(fault(4, 0.5, 0.1), HasSubstr("raise data.validation_share"));
  EXPECT_THAT(fault(2, 0.5, 0.9), HasSubstr("the training part"));
}

}  // namespace
}  // namespace lacuna::data
