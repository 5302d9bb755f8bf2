#include "runtime/data/tables/synthetic_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace lacuna::data {
namespace {

const DenseArray& input(const DataSet& data) {
  return std::get<DenseArray>(data.fields.at("input"));
}
const std::vector<float>& values(const DataSet& data, const char* name) {
  return std::get<std::vector<float>>(std::get<DenseArray>(data.fields.at(name)).values);
}

std::vector<std::int64_t> all_rows(const SyntheticTable& source) {
  std::vector<std::int64_t> rows(static_cast<std::size_t>(source.rows));
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

double variance(const std::vector<float>& numbers) {
  double sum = 0;
  double squares = 0;
  for (const float number : numbers) {
    sum += static_cast<double>(number);
    squares += static_cast<double>(number) * static_cast<double>(number);
  }
  const auto n = static_cast<double>(numbers.size());
  return squares / n - (sum / n) * (sum / n);
}

TEST(SyntheticTable, IsAFunctionOfTheSource) {
  SyntheticTable source;
  source.missing_share = 0.1;
  const DataSet first = TableGenerator(source).generate();
  EXPECT_EQ(first.checksum, TableGenerator(source).generate().checksum);
  EXPECT_EQ(first.rows(), 1000);
  source.rows = 10;
  const std::vector<float> begin = values(TableGenerator(source).generate(), "target");
  EXPECT_TRUE(std::equal(begin.begin(), begin.end(), values(first, "target").begin()));
  source.seed = 1;
  EXPECT_NE(values(TableGenerator(source).generate(), "target"), begin);
}

TEST(SyntheticTable, PartsHaveTheStatedSpread) {
  SyntheticTable source;
  source.rows = 20000;
  const auto spread = [&](double linear, double interaction, double noise) {
    source.linear = linear;
    source.interaction = interaction;
    source.noise = noise;
    return variance(values(TableGenerator(source).generate(), "target"));
  };
  EXPECT_NEAR(spread(2, 0, 0), 4, 0.2);
  EXPECT_NEAR(spread(0, 2, 0), 4, 0.3);
  EXPECT_NEAR(spread(0, 0, 2), 4, 0.2);
}

/// The best prediction puts a hidden cell's mean in its place; it errs as much as the truth says.
TEST(SyntheticTable, TheFloorOfNumbersIsWhatTheBestPredictionReaches) {
  SyntheticTable source;
  source.rows = 20000;
  source.missing_share = 0.3;
  source.missing_depends = 1.5;
  const TableGenerator generator(source);
  const DataSet data = generator.generate();
  const TableModel model(source);
  const HiddenCells holes(0.3, 1.5);
  double squares = 0;
  for (std::int64_t r = 0; r < source.rows; ++r) {
    const auto row = values(data, "input").begin() + r * source.columns;
    std::vector<double> x(row, row + source.columns);
    for (std::int64_t c = 0; c < source.columns; ++c) {
      if (!input(data).observed(r, c)) x[static_cast<std::size_t>(c)] = holes.mean();
    }
    const auto y = static_cast<double>(values(data, "target")[static_cast<std::size_t>(r)]);
    squares += std::pow(y - model.score(0, x), 2);
  }
  const TableTruth truth = generator.truth(all_rows(source));
  EXPECT_DOUBLE_EQ(truth.complete_floor, 0.5);
  EXPECT_NEAR(std::sqrt(squares / 20000), truth.floor, 0.01 * truth.floor);
}

/// y = x1 x2 with one cell in two hidden: lost is 1, 1, x1^2, x2^2 or nothing.
TEST(SyntheticTable, TheFloorOfAProduct) {
  SyntheticTable source;
  source.rows = 20000;
  source.columns = 2;
  source.interactions = 1;
  source.linear = 0;
  source.noise = 0;
  source.missing_share = 0.5;
  const TableTruth truth = TableGenerator(source).truth(all_rows(source));
  EXPECT_NEAR(truth.floor * truth.floor, 0.75, 0.03);
}

TEST(SyntheticTable, HolesHaveTheirShareAndMayDependOnTheValue) {
  SyntheticTable source;
  source.rows = 5000;
  source.missing_share = 0.3;
  for (const double depends : {0.0, 2.0, -2.0}) {
    source.missing_depends = depends;
    const DataSet data = TableGenerator(source).generate();
    double observed = 0;
    double sum = 0;
    for (std::int64_t r = 0; r < source.rows; ++r) {
      for (std::int64_t c = 0; c < source.columns; ++c) {
        const auto at = static_cast<std::size_t>(r * source.columns + c);
        if (!input(data).observed(r, c)) {
          ASSERT_EQ(values(data, "input")[at], 0);
          continue;
        }
        observed += 1;
        sum += static_cast<double>(values(data, "input")[at]);
      }
    }
    EXPECT_NEAR(observed / 50000, 0.7, 0.01) << depends;
    const HiddenCells holes(0.3, depends);
    EXPECT_NEAR(sum / observed, -holes.mean() * 0.3 / 0.7, 0.015) << depends;
    EXPECT_EQ(holes.mean() > 0.5, depends > 0);
  }
}

TEST(SyntheticTable, DrawnHiddenCellsHaveTheirMoments) {
  const HiddenCells holes(0.2, 1.5);
  RandomSequence random({5});
  std::vector<float> drawn(20000);
  for (float& x : drawn) x = static_cast<float>(holes.draw(random));
  const double mean = std::accumulate(drawn.begin(), drawn.end(), 0.0) / 20000;
  EXPECT_NEAR(mean, holes.mean(), 0.02);
  EXPECT_NEAR(variance(drawn), holes.variance(), 0.02);
}

TEST(SyntheticTable, ClassesAreDrawnFromTheTruth) {
  SyntheticTable source;
  source.rows = 4000;
  source.classes = 3;
  const TableGenerator generator(source);
  const DataSet data = generator.generate();
  EXPECT_EQ(generator.schema().target.levels.size(), 3u);
  // What the truth takes for most probable is wrong as often as it says.
  const TableModel model(source);
  double wrong = 0;
  for (std::size_t r = 0; r < 4000; ++r) {
    const auto row = values(data, "input").begin() + static_cast<std::ptrdiff_t>(r) * 10;
    const std::vector<double> p = model.probabilities({row, row + 10});
    const auto best = std::max_element(p.begin(), p.end()) - p.begin();
    if (best != std::get<Labels>(data.fields.at("target")).value[r]) wrong += 1;
  }
  const TableTruth truth = generator.truth(all_rows(source));
  EXPECT_NEAR(wrong / 4000, truth.complete_floor, 0.02);
  EXPECT_EQ(truth.floor, truth.complete_floor);
}

TEST(SyntheticTable, HiddenCellsMakeClassesHarderToTell) {
  SyntheticTable source;
  source.rows = 200;
  source.classes = 2;
  source.noise = 0.1;
  source.missing_share = 0.99;
  source.interaction = 0;
  const TableTruth truth = TableGenerator(source).truth(all_rows(source));
  EXPECT_LT(truth.complete_floor, 0.1);
  EXPECT_GT(truth.floor, 0.3);
  EXPECT_LE(truth.floor, 0.5);
}

}  // namespace
}  // namespace lacuna::data
