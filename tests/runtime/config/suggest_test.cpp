#include "runtime/config/suggest.hpp"

#include <gtest/gtest.h>

#include <array>

namespace lacuna::config {
namespace {

constexpr std::array<std::string_view, 4> names{"hidden_units", "learning_rate", "seed", "k"};

TEST(Suggest, CountsEditsAndSwaps) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("abc", "abc"), 0U);
  EXPECT_EQ(edit_distance("abc", "acb"), 1U);
  EXPECT_EQ(edit_distance("abc", "ab"), 1U);
  EXPECT_EQ(edit_distance("abc", "abbc"), 1U);
  EXPECT_EQ(edit_distance("abc", "axc"), 1U);
  EXPECT_EQ(edit_distance("ca", "abc"), 3U);  // no second edit of a swapped pair
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(Suggest, FindsTheNearestWithinReason) {
  EXPECT_EQ(nearest("hiden_units", names), "hidden_units");
  EXPECT_EQ(nearest("hidden-units", names), "hidden_units");
  EXPECT_EQ(nearest("hiddenUnits", names), "hidden_units");
  EXPECT_EQ(nearest("learningrate", names), "learning_rate");
  EXPECT_EQ(nearest("sed", names), "seed");
  EXPECT_EQ(nearest("seeds", names), "seed");
  EXPECT_EQ(nearest("momentum", names), std::nullopt);
  EXPECT_EQ(nearest("x", names), std::nullopt);
  EXPECT_EQ(nearest("", names), std::nullopt);
  EXPECT_EQ(nearest(std::string(1'000'000, 'h'), names), std::nullopt);
}

TEST(Suggest, ListsTheNamesWhereNoneIsNear) {
  EXPECT_EQ(did_you_mean("sede", names, "valid keys"), "did you mean 'seed'?");
  EXPECT_EQ(did_you_mean("momentum", names, "valid keys"),
            "valid keys: 'hidden_units', 'learning_rate', 'seed', 'k'");
  EXPECT_EQ(did_you_mean("x", {}, "valid keys"), "valid keys: none");
}

}  // namespace
}  // namespace lacuna::config
