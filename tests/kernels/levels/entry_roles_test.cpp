#include "kernels/levels/entry_roles.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

namespace lacuna {
namespace {

/// Which of a row's first `entries` entries are given in an epoch, as a number in binary.
int given(std::uint32_t epoch, std::int64_t row, std::size_t entries) {
  const RandomStream stream{7, 1, epoch};
  std::vector<std::uint32_t> words;
  for (std::uint64_t block = 0; words.size() < entries; ++block) {
    for (const std::uint32_t word : entry_words(stream, row, block)) words.push_back(word);
  }
  words.resize(entries);
  const std::uint32_t below = given_below(stream, row, std::ranges::max(words));
  int bits = 0;
  for (std::size_t i = 0; i < entries; ++i) {
    bits += has_role(EntryRole::given, words[i], below) ? 1 << i : 0;
  }
  return bits;
}

/// Every number of given entries as often as another, and every choice of so many. Chi-square at
/// 1e-6 of 14 degrees of freedom: the draws are fixed, so that it cannot fail by chance later.
TEST(EntryRoles, AllNumbersAndChoicesOfGivenEntriesAreEquallyLikely) {
  constexpr int draws = 60000;
  std::map<int, int> seen;
  for (int i = 0; i < draws; ++i) ++seen[given(static_cast<std::uint32_t>(i / 300), i % 300, 4)];
  EXPECT_FALSE(seen.contains(15)) << "one is always asked for";
  ASSERT_EQ(seen.size(), 15u);
  constexpr int choices[] = {1, 4, 6, 4};
  double chi_square = 0;
  for (const auto& [bits, times] : seen) {
    const auto number = static_cast<std::size_t>(__builtin_popcount(static_cast<unsigned>(bits)));
    const double expected = draws / 4.0 / choices[number];
    chi_square += (times - expected) * (times - expected) / expected;
  }
  EXPECT_LT(chi_square, 59.0);
}

TEST(EntryRoles, ARowsRolesDependOnItAndTheEpochAlone) {
  EXPECT_EQ(given(3, 11, 20), given(3, 11, 20));
  EXPECT_NE(given(3, 11, 20), given(4, 11, 20));
  EXPECT_NE(given(3, 11, 20), given(3, 12, 20));
}

TEST(EntryRoles, OneEntryIsAskedFor) {
  for (std::int64_t row = 0; row < 100; ++row) EXPECT_EQ(given(1, row, 1), 0);
}

}  // namespace
}  // namespace lacuna
