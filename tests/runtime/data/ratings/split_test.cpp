#include "runtime/data/ratings/split.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include "runtime/data/ratings/rating_stats.hpp"
#include "runtime/data/ratings/synthetic.hpp"
#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Ratings small_ratings() {
  SyntheticSource source;
  source.users = 60;
  source.items = 40;
  source.ratings = 1003;
  return generate_ratings(source);
}

RatingsConfig config(Orientation vectors, double test, double validation, std::uint64_t seed) {
  RatingsConfig made;
  made.vectors = vectors;
  made.test_share = test;
  made.validation_share = validation;
  made.split_seed = seed;
  return made;
}

using Cells = std::map<std::pair<std::int64_t, std::int64_t>, float>;

/// Adds the (user, item) cells of a part; fails on a row whose columns do not ascend.
void add_cells(Cells& cells, const CsrArrays& csr, Orientation orientation) {
  ASSERT_EQ(csr.row_ptr.size(), static_cast<std::size_t>(csr.rows) + 1);
  ASSERT_EQ(csr.row_ptr.back(), csr.nnz());
  for (std::size_t r = 0; r < static_cast<std::size_t>(csr.rows); ++r) {
    for (auto e = static_cast<std::size_t>(csr.row_ptr[r]);
         e < static_cast<std::size_t>(csr.row_ptr[r + 1]); ++e) {
      if (e > static_cast<std::size_t>(csr.row_ptr[r])) {
        ASSERT_LT(csr.col[e - 1], csr.col[e]);
      }
      const std::pair<std::int64_t, std::int64_t> by_row{r, csr.col[e]};
      const auto cell =
          orientation == Orientation::user ? by_row : std::pair(by_row.second, by_row.first);
      ASSERT_TRUE(cells.emplace(cell, csr.value[e]).second);
    }
  }
}

TEST(Split, PartsHaveExactSizesAndMakeUpTheWhole) {
  const Ratings ratings = small_ratings();
  Cells expected;
  for (std::size_t e = 0; e < ratings.value.size(); ++e) {
    expected[{ratings.user[e], ratings.item[e]}] = ratings.value[e];
  }
  for (const Orientation orientation : {Orientation::item, Orientation::user}) {
    const Split split = split_ratings(ratings, config(orientation, 0.1, 0.05, 1));
    EXPECT_EQ(split.test.nnz(), 100);       // round(100.3)
    EXPECT_EQ(split.validation.nnz(), 45);  // round(0.05 * 903)
    EXPECT_EQ(split.train.nnz(), 858);
    Cells cells;
    for (const CsrArrays* part : {&split.train, &split.validation, &split.test}) {
      EXPECT_EQ(part->rows, orientation == Orientation::user ? 60 : 40);
      EXPECT_EQ(part->cols, orientation == Orientation::user ? 40 : 60);
      add_cells(cells, *part, orientation);
    }
    EXPECT_EQ(cells, expected);
  }
}

TEST(Split, DependsOnTheSeedAndNotOnTheOrientation) {
  const Ratings ratings = small_ratings();
  const auto test_cells = [&](Orientation orientation, std::uint64_t seed) {
    Cells cells;
    add_cells(cells, split_ratings(ratings, config(orientation, 0.1, 0.05, seed)).test,
              orientation);
    return cells;
  };
  EXPECT_EQ(test_cells(Orientation::item, 1), test_cells(Orientation::user, 1));
  EXPECT_NE(test_cells(Orientation::item, 1), test_cells(Orientation::item, 2));
}

TEST(Split, TruthFollowsTheTestEntries) {
  Ratings ratings = small_ratings();
  ratings.truth = ratings.value;
  const Split split = split_ratings(ratings, {});
  EXPECT_EQ(split.test_truth, split.test.value);
  ratings.truth.clear();
  EXPECT_TRUE(split_ratings(ratings, {}).test_truth.empty());
}

/// By user: how many entries a part of user vectors has.
std::vector<std::int64_t> counts(const CsrArrays& part) {
  std::vector<std::int64_t> all;
  for (std::size_t r = 0; r + 1 < part.row_ptr.size(); ++r) {
    all.push_back(part.row_ptr[r + 1] - part.row_ptr[r]);
  }
  return all;
}

TEST(Split, WithoutShareAllButValidationIsTrainedOn) {
  const Split split = split_ratings(small_ratings(), config(Orientation::item, 0, 0.05, 1));
  EXPECT_EQ(split.test.nnz(), 0);
  EXPECT_EQ(split.validation.nnz(), 50);
  EXPECT_EQ(split.train.nnz(), 953);
}

TEST(Split, LeavesSomeOfEachUserOut) {
  const Ratings ratings = small_ratings();
  RatingsConfig leave = config(Orientation::user, 0.1, 0.05, 1);
  leave.split = SplitBy::leave_out;
  leave.leave_out = 2;
  const Split split = split_ratings(ratings, leave);
  const auto train = counts(split.train);
  const auto test = counts(split.test);
  EXPECT_EQ(test, counts(split.validation));
  for (std::size_t u = 0; u < train.size(); ++u) {
    EXPECT_EQ(test[u], train[u] + 2 * test[u] > 4 ? 2 : 0);
  }
  leave.split_seed = 2;
  EXPECT_NE(split_ratings(ratings, leave).test.col, split.test.col);
  leave.leave_out = 1000;
  EXPECT_THAT(message_of<DataError>([&] { split_ratings(ratings, leave); }),
              HasSubstr("lower data.leave_out"));
}

TEST(Split, TheLatestAreHeldOut) {
  Ratings ratings = small_ratings();
  RatingsConfig by_time = config(Orientation::user, 0.1, 0.05, 1);
  by_time.split = SplitBy::time;
  EXPECT_THAT(message_of<DataError>([&] { split_ratings(ratings, by_time); }),
              HasSubstr("no timestamps"));
  for (std::size_t e = 0; e < ratings.value.size(); ++e) {
    ratings.time.push_back(static_cast<double>(e * 7919 % 1003));
    ratings.value[e] = static_cast<float>(ratings.time.back());
  }
  const Split split = split_ratings(ratings, by_time);
  EXPECT_EQ(split.test.nnz(), 100);
  EXPECT_EQ(*std::ranges::min_element(split.test.value), 903);
  EXPECT_EQ(*std::ranges::min_element(split.validation.value), 858);
  EXPECT_EQ(*std::ranges::max_element(split.train.value), 857);
  by_time.split = SplitBy::leave_last_out;
  const Split last = split_ratings(ratings, by_time);
  for (std::size_t u = 0; u < 60; ++u) {
    const auto row = [&](const CsrArrays& part) {
      return std::span(part.value)
          .subspan(static_cast<std::size_t>(part.row_ptr[u]),
                   static_cast<std::size_t>(counts(part)[u]));
    };
    if (row(last.test).empty()) continue;
    EXPECT_GT(row(last.test)[0], row(last.validation)[0]);
    EXPECT_GT(row(last.validation)[0], std::ranges::max(row(last.train)));
  }
}

TEST(Split, EmptyPartsAreErrorsThatNameTheKey) {
  const Ratings ratings = small_ratings();
  const auto fault = [&](double test, double validation) {
    return message_of<DataError>(
        [&] { split_ratings(ratings, config(Orientation::item, test, validation, 0)); });
  };
  EXPECT_THAT(fault(0.0001, 0.05),
              HasSubstr("the test part of 1003 ratings is empty: raise data.test_share"));
  EXPECT_THAT(fault(0.1, 0.0001), HasSubstr("raise data.validation_share"));
  EXPECT_THAT(fault(0.5, 1.0), HasSubstr("the training part"));
  EXPECT_THAT(fault(1.0, 0.5), HasSubstr("the validation part"));
}

TEST(CsrArrays, StatisticsAndWarmEntries) {
  const CsrArrays train{3, 3, {0, 2, 2, 3}, {0, 2, 0}, {1, 5, 3}};
  const RatingStats stats = rating_stats(train);
  EXPECT_DOUBLE_EQ(stats.mean, 3);
  EXPECT_EQ(stats.min, 1);
  EXPECT_EQ(stats.max, 5);
  EXPECT_THAT(stats.per_row, ElementsAre(2, 0, 1));
  EXPECT_THAT(stats.per_col, ElementsAre(2, 0, 1));
  const CsrArrays test{3, 3, {0, 1, 2, 4}, {1, 0, 1, 2}, {1, 1, 1, 1}};
  EXPECT_THAT(warm_entries(test, stats), ElementsAre(0, 0, 0, 1));
  EXPECT_THROW(rating_stats({1, 1, {0, 0}, {}, {}}), DataError);
}

}  // namespace
}  // namespace lacuna::data
