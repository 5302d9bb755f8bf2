#include "runtime/data/ratings/synthetic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <stdexcept>
#include <utility>

#include "runtime/data/zipf.hpp"

namespace lacuna::data {
namespace {

using ::testing::Each;
using ::testing::Ge;

std::vector<std::int64_t> counts(const std::vector<std::int32_t>& index, std::int64_t size) {
  std::vector<std::int64_t> count(static_cast<std::size_t>(size));
  for (const std::int32_t i : index) ++count[static_cast<std::size_t>(i)];
  return count;
}

SyntheticSource typical() {
  SyntheticSource source;
  source.users = 1000;
  source.items = 600;
  source.ratings = 40000;
  source.user_exponent = 1;
  source.item_exponent = 0.8;
  source.bias = 0.4;
  source.signal = 0.6;
  return source;
}

double mean(const std::vector<float>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

void expect_distinct_and_complete(const SyntheticSource& source) {
  const Ratings ratings = generate_ratings(source);
  EXPECT_EQ(ratings.size(), source.ratings);
  EXPECT_EQ(ratings.truth.size(), ratings.value.size());
  for (std::size_t e = 1; e < ratings.value.size(); ++e) {
    ASSERT_LT(std::pair(ratings.user[e - 1], ratings.item[e - 1]),
              std::pair(ratings.user[e], ratings.item[e]));
  }
  EXPECT_THAT(counts(ratings.user, source.users), Each(Ge(1)));
  EXPECT_THAT(counts(ratings.item, source.items), Each(Ge(1)));
}

TEST(Synthetic, PairsAreDistinctAndCoverEveryUserAndItem) {
  struct Shape {
    std::int64_t users, items, ratings;
  };
  for (const Shape& shape : {Shape{1000, 600, 40000}, Shape{30, 20, 600}, Shape{50, 200, 200},
                             Shape{200, 50, 200}, Shape{1, 1, 1}, Shape{3000, 3000, 3500}}) {
    SyntheticSource source;
    source.users = shape.users;
    source.items = shape.items;
    source.ratings = shape.ratings;
    expect_distinct_and_complete(source);
    source.user_exponent = source.item_exponent = 3;
    source.selection = 10;
    expect_distinct_and_complete(source);
  }
}

TEST(Synthetic, IsAFunctionOfTheSource) {
  SyntheticSource source = typical();
  const Ratings first = generate_ratings(source);
  const Ratings again = generate_ratings(source);
  EXPECT_EQ(first.item, again.item);
  EXPECT_EQ(first.value, again.value);
  EXPECT_EQ(first.truth, again.truth);
  EXPECT_EQ(first.checksum, again.checksum);
  source.seed = 1;
  EXPECT_NE(generate_ratings(source).checksum, first.checksum);
}

TEST(Synthetic, NumbersOfRatingsAreHeterogeneous) {
  const SyntheticSource source = typical();
  const Ratings ratings = generate_ratings(source);
  std::vector<std::int64_t> per_user = counts(ratings.user, source.users);
  std::sort(per_user.begin(), per_user.end());
  EXPECT_LE(per_user.front(), 10);
  EXPECT_LE(per_user[500], 25);
  EXPECT_EQ(per_user.back(), source.items / 2);
  std::vector<std::int64_t> per_item = counts(ratings.item, source.items);
  std::sort(per_item.begin(), per_item.end());
  EXPECT_GT(per_item.back(), 10 * per_item[60]);
}

TEST(Synthetic, RatingsAreMissingNotAtRandom) {
  SyntheticSource source = typical();
  source.selection = 0;
  const double at_random = mean(generate_ratings(source).truth);
  source.selection = 2;
  EXPECT_GT(mean(generate_ratings(source).truth), at_random + 0.3);
}

TEST(Synthetic, RatingsAreTheTruthPlusNoiseOnTheScale) {
  SyntheticSource source = typical();
  source.noise = 0;
  source.rating_step = 0;
  const Ratings exact = generate_ratings(source);
  EXPECT_EQ(exact.value, exact.truth);

  source.noise = 0.5;
  source.rating_step = 0.5;
  const Ratings noisy = generate_ratings(source);
  EXPECT_EQ(noisy.truth, exact.truth);
  double squares = 0;
  double inside = 0;
  for (std::size_t e = 0; e < noisy.value.size(); ++e) {
    const double value = static_cast<double>(noisy.value[e]);
    const double truth = static_cast<double>(noisy.truth[e]);
    ASSERT_TRUE(value >= 1 && value <= 5 && value * 2 == std::floor(value * 2)) << value;
    if (truth < 2.5 || truth > 3.5) continue;  // away from the clipping
    squares += (value - truth) * (value - truth);
    inside += 1;
  }
  // Rounding to multiples of h adds a variance of h^2 / 12.
  EXPECT_NEAR(squares / inside, 0.25 + 0.25 / 12, 0.02);
}

TEST(Synthetic, SignalAndBiasesHaveTheStatedSpread) {
  SyntheticSource source = typical();
  source.users = source.items = 500;
  source.ratings = 250000;  // every cell: selection has no say
  source.rating_min = -100;
  source.rating_max = 100;
  const Ratings all = generate_ratings(source);
  const double centre = mean(all.truth);
  double squares = 0;
  for (const float t : all.truth) squares += std::pow(static_cast<double>(t) - centre, 2);
  EXPECT_NEAR(squares / 250000, 0.4 * 0.4 * 2 + 0.6 * 0.6, 0.07);
}

TEST(Synthetic, ImpossibleCountsAndScalesAreRefused) {
  SyntheticSource source = typical();
  source.ratings = 999;
  EXPECT_THROW(generate_ratings(source), std::invalid_argument);
  source.ratings = 600001;
  EXPECT_THROW(generate_ratings(source), std::invalid_argument);
  source = typical();
  source.rating_max = 1;
  EXPECT_THROW(generate_ratings(source), std::invalid_argument);
}

TEST(Zipf, CountsKeepTheirSumAndBounds) {
  const std::vector<double> weights = zipf_weights(100, 1.0, {7});
  for (const std::int64_t sum : {100, 101, 1234, 2999, 3000}) {
    const std::vector<std::int64_t> count = counts_by_weight(weights, sum, 30);
    EXPECT_EQ(std::accumulate(count.begin(), count.end(), std::int64_t{0}), sum);
    EXPECT_THAT(count, Each(::testing::AllOf(Ge(1), ::testing::Le(30))));
  }
}

TEST(Zipf, AliasTableDrawsInProportion) {
  const std::vector<double> weights{0.5, 3, 0.001, 1, 5.499};
  const AliasTable table(weights);
  RandomSequence random({3});
  std::vector<double> share(weights.size());
  for (int k = 0; k < 200000; ++k)
    share[static_cast<std::size_t>(table.draw(random))] += 1 / 200000.0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    EXPECT_NEAR(share[i], weights[i] / 10, 0.005) << i;
  }
}

}  // namespace
}  // namespace lacuna::data
