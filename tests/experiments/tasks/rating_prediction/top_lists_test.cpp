#include "experiments/tasks/rating_prediction/top_lists.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "runtime/data/random_sequence.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments {
namespace {

constexpr std::int64_t users = 37;
constexpr std::int64_t items = 53;

/// values[user][item], with ties.
std::vector<std::vector<float>> random_values() {
  data::RandomSequence random({1, 2});
  std::vector<std::vector<float>> values(users, std::vector<float>(items));
  for (auto& row : values) {
    for (float& value : row) value = static_cast<float>(random.below(20));
  }
  return values;
}

/// Every third item of user u is out, and item 5 for all.
Exclusion some_out() {
  Exclusion out;
  out.by_user = {.rows = users, .cols = items, .row_ptr = {0}, .col = {}, .value = {}};
  for (std::int32_t user = 0; user < users; ++user) {
    for (std::int32_t item = user % 3; item < items; item += 3) out.by_user.col.push_back(item);
    out.by_user.row_ptr.push_back(std::ssize(out.by_user.col));
  }
  out.item_out.assign(items, 0);
  out.item_out[5] = 1;
  return out;
}

TEST(TopLists, AreTheBestOfASortedRow) {
  const auto values = random_values();
  const Exclusion out = some_out();
  for (const bool by_user : {true, false}) {
    for (const int threads : {1, 3}) {
      for (const int top : {1, 7, 100}) {
        TopLists lists(users, items, top, by_user, out);
        const std::int64_t rows = by_user ? users : items;
        for (std::int64_t first = 0; first < rows; first += 10) {
          std::vector<float> block;
          for (std::int64_t r = first; r < std::min(first + 10, rows); ++r) {
            for (std::int64_t c = 0; c < (by_user ? items : users); ++c) {
              block.push_back(values[static_cast<std::size_t>(by_user ? r : c)]
                                    [static_cast<std::size_t>(by_user ? c : r)]);
            }
          }
          lists.add(first, block, threads);
        }
        for (std::int32_t user = 0; user < users; ++user) {
          const auto& row = values[static_cast<std::size_t>(user)];
          std::vector<std::int32_t> expected;
          for (std::int32_t item = 0; item < items; ++item) {
            if (item != 5 && item % 3 != user % 3) expected.push_back(item);
          }
          std::ranges::stable_sort(expected, std::greater<>{}, [&](std::int32_t i) {
            return row[static_cast<std::size_t>(i)];
          });
          expected.resize(std::min<std::size_t>(expected.size(), static_cast<std::size_t>(top)));
          std::vector<std::int32_t> found;
          for (const RankedItem& one : lists.of(user)) found.push_back(one.item);
          EXPECT_EQ(found, expected) << user << " of " << top;
        }
      }
    }
  }
}

TEST(TopLists, NaNIsNoRecommendation) {
  const Exclusion none;
  for (const bool by_user : {true, false}) {
    TopLists lists(20, 20, 3, by_user, none);
    std::vector<float> block(400, 1);
    lists.add(0, block, 2);
    block[399] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_THROW(lists.add(0, block, 2), NonFiniteError);
  }
}

}  // namespace
}  // namespace lacuna::experiments
