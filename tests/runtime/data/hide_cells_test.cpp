#include "runtime/data/hide_cells.hpp"

#include <cmath>
#include <functional>
#include <numeric>

#include "runtime/data/logistic_rate.hpp"
#include "runtime/random_purpose.hpp"
#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::HasSubstr;
using testing::message_of;

constexpr std::int64_t columns = 20;

/// Column 0 is normal, the others by `cell`.
DataSet part_of(std::int64_t rows, std::uint64_t seed,
                const std::function<double(RandomSequence&)>& cell) {
  RandomSequence random({seed, 1});
  std::vector<float> values;
  for (std::int64_t i = 0; i < rows * columns; ++i) {
    values.push_back(static_cast<float>(i % columns == 0 ? random.normal() : cell(random)));
  }
  DataSet part;
  part.fields.emplace("input", DenseArray{rows, {columns}, std::move(values), {}});
  return part;
}

SplitData split_of(const std::function<double(RandomSequence&)>& cell,
                   std::array<std::int64_t, 3> rows = {2000, 500, 1000}) {
  return {part_of(rows[0], 1, cell), part_of(rows[1], 2, cell), part_of(rows[2], 3, cell)};
}

double normal(RandomSequence& random) {
  return random.normal();
}
double skewed(RandomSequence& random) {
  return std::exp(random.normal());
}

RowParts numbers_of(const SplitData& split) {
  RowParts rows{std::vector<std::int64_t>(static_cast<std::size_t>(split.train.rows())),
                std::vector<std::int64_t>(static_cast<std::size_t>(split.validation.rows())),
                std::vector<std::int64_t>(static_cast<std::size_t>(split.test.rows()))};
  std::iota(rows.train.begin(), rows.train.end(), 0);
  std::iota(rows.validation.begin(), rows.validation.end(), 10000);
  std::iota(rows.test.begin(), rows.test.end(), 20000);
  return rows;
}

DenseArray& input_of(DataSet& part) {
  return std::get<DenseArray>(part.fields.at("input"));
}

SplitData hidden(SplitData split, const HideConfig& config,
                 const std::vector<CellGroup>& groups = single_cells(columns)) {
  hide_cells(split, numbers_of(split), groups, config);
  return split;
}

/// Of the cells of an array that `counts`, the share that is hidden.
template <class Counts>
double share(DataSet& part, Counts counts) {
  const DenseArray& input = input_of(part);
  double all = 0;
  double gone = 0;
  for (std::int64_t r = 0; r < input.rows; ++r) {
    for (std::int64_t c = 0; c < columns; ++c) {
      if (!counts(r, c)) continue;
      all += 1;
      gone += input.observed(r, c) ? 0 : 1;
    }
  }
  return gone / all;
}
double share(DataSet& part) {
  return share(part, [](auto, auto) { return true; });
}

float value(const DataSet& part, std::int64_t row, std::int64_t column) {
  const auto& input = std::get<DenseArray>(part.fields.at("input"));
  return std::get<std::vector<float>>(
      input.values)[static_cast<std::size_t>(row * columns + column)];
}

std::string fault(const HideConfig& config, SplitData split = split_of(normal, {20, 10, 10}),
                  const std::vector<CellGroup>& groups = single_cells(columns)) {
  return message_of<ConfigError>([&] { hidden(std::move(split), config, groups); });
}

TEST(UniformAt, IsWhatASequenceDraws) {
  const RandomStream stream{7, purpose::hidden_cells, 3};
  RandomSequence sequence(stream);
  for (std::int64_t i = 0; i < 9; ++i) EXPECT_EQ(uniform_at(stream, i), sequence.uniform()) << i;
}

TEST(LogisticRate, ItsMeanIsTheRate) {
  const auto mean = [](auto f) { return (f(-3.0) + f(0.5) + f(2.0)) / 3; };
  const LogisticRate rate(0.2, 1.5, mean);
  EXPECT_NEAR(mean(rate), 0.2, 1e-12);
  EXPECT_GT(rate(2), rate(0.5));
  EXPECT_EQ(LogisticRate(0.2, 0, mean)(2), 0.2);
}

TEST(HideCells, RatesOfTrainingAndTestAreApartAndValidationFollowsTraining) {
  SplitData split = hidden(split_of(normal), {.train_rate = 0.3, .test_rate = 0.6});
  EXPECT_NEAR(share(split.train), 0.3, 0.012);  // five standard deviations
  EXPECT_NEAR(share(split.validation), 0.3, 0.023);
  EXPECT_NEAR(share(split.test), 0.6, 0.018);
  for (std::int64_t c = 0; c < columns; ++c) {
    EXPECT_EQ(value(split.test, 5, c) != 0, input_of(split.test).observed(5, c)) << "hidden is 0";
  }
  split = hidden(split_of(normal), {.train_rate = 0.3});
  EXPECT_NEAR(share(split.test), 0.3, 0.017);
  split = hidden(split_of(normal), {.train_rate = 0, .test_rate = 0.5});
  EXPECT_EQ(share(split.train), 0);
  EXPECT_NEAR(share(split.test), 0.5, 0.018);
}

TEST(HideCells, MarGoesByAColumnThatStays) {
  for (const double depends : {2.0, -2.0}) {
    SplitData split = hidden(
        split_of(skewed),
        {.mechanism = HideMechanism::mar, .train_rate = 0.3, .test_rate = 0.6, .depends = depends});
    const auto others = [](DataSet& part, auto row_counts) {
      return share(part, [&](auto r, auto c) { return c > 0 && row_counts(r); });
    };
    const auto all = [](auto) { return true; };
    EXPECT_NEAR(others(split.train, all), 0.3, 0.012);
    EXPECT_NEAR(others(split.validation, all), 0.3, 0.06) << "its rows are others";
    EXPECT_NEAR(others(split.test, all), 0.6, 0.06);
    const auto above = [&](auto r) { return value(split.train, r, 0) > 0; };
    const auto below = [&](auto r) { return value(split.train, r, 0) < 0; };
    const double rise = others(split.train, above) - others(split.train, below);
    EXPECT_GT(depends > 0 ? rise : -rise, 0.3);
    EXPECT_EQ(share(split.train, [](auto, auto c) { return c == 0; }), 0) << "the column itself";
  }
}

TEST(HideCells, MnarGoesByTheCellsOwnValue) {
  const SplitData complete = split_of(skewed);
  SplitData split =
      hidden(complete,
             {.mechanism = HideMechanism::mnar, .train_rate = 0.3, .test_rate = 0.1, .depends = 3});
  EXPECT_NEAR(share(split.train), 0.3, 0.012);
  EXPECT_NEAR(share(split.test), 0.1, 0.015);
  const auto rate_between = [&](float low, float high) {
    return share(split.train, [&](auto r, auto c) {
      const float x = value(complete.train, r, c);
      return c > 0 && low <= x && x < high;
    });
  };
  EXPECT_LT(rate_between(0, 0.5F) + 0.1, rate_between(1, 2));
  EXPECT_LT(rate_between(1, 2) + 0.1, rate_between(3, 100));
}

TEST(HideCells, BytesAreHiddenAsNumbersAre) {
  SplitData split = split_of(normal);
  for (DataSet* part : {&split.train, &split.validation, &split.test}) {
    std::vector<std::uint8_t> bytes;
    for (std::int64_t i = 0; i < part->rows() * columns; ++i) {
      bytes.push_back(static_cast<std::uint8_t>(i * 37 % 251 + 1));
    }
    input_of(*part).values = std::move(bytes);
  }
  const SplitData complete = split;
  split = hidden(std::move(split), {.mechanism = HideMechanism::mnar, .train_rate = 0.4});
  EXPECT_NEAR(share(split.train), 0.4, 0.013);
  const auto& before = std::get<std::vector<std::uint8_t>>(
      std::get<DenseArray>(complete.train.fields.at("input")).values);
  const auto bright = [&](auto r, auto c) {
    return before[static_cast<std::size_t>(r * columns + c)] > 125;
  };
  const auto dark = [&](auto r, auto c) { return !bright(r, c); };
  EXPECT_GT(share(split.train, bright), share(split.train, dark) + 0.2);
}

TEST(HideCells, WhatARowLosesDependsOnTheSeedItsNumberAndItsColumns) {
  const auto mask_of = [](std::int64_t first, std::uint64_t seed) {
    SplitData split = split_of(normal, {40, 10, 10});
    RowParts rows = numbers_of(split);
    for (std::int64_t& row : rows.train) row += first;
    hide_cells(split, rows, single_cells(columns), {.train_rate = 0.5, .seed = seed});
    return input_of(split.train).mask;
  };
  EXPECT_EQ(mask_of(0, 1), mask_of(0, 1));
  EXPECT_NE(mask_of(0, 1), mask_of(0, 2));
  const CellMask mask = mask_of(0, 1), later = mask_of(10, 1);
  EXPECT_TRUE(std::equal(mask.begin() + 10 * mask_row_bytes(columns), mask.end(), later.begin()))
      << "row 10 is row 10, wherever it stands";
}

TEST(HideCells, WhatWasMissingStaysAndIsNotCounted) {
  SplitData split = split_of(normal);
  DenseArray& input = input_of(split.train);
  input.mask.assign(static_cast<std::size_t>(input.rows * mask_row_bytes(columns)), 0);
  for (std::int64_t r = 0; r < input.rows; ++r) {
    for (std::int64_t c = 0; c < columns; c += 2) set_observed(input.mask, columns, r, c);
  }
  split = hidden(std::move(split), {.mechanism = HideMechanism::mnar, .train_rate = 0.3});
  EXPECT_EQ(share(split.train, [](auto, auto c) { return c % 2 == 1; }), 1);
  EXPECT_NEAR(share(split.train, [](auto, auto c) { return c % 2 == 0; }), 0.3, 0.017);
}

TEST(HideCells, ACategorysLevelsGoTogether) {
  std::vector<CellGroup> groups{{.first = 0, .name = "x"},
                                {.first = 1, .width = 19, .is_number = false, .name = "kind"}};
  for (const HideMechanism mechanism : {HideMechanism::mcar, HideMechanism::mnar}) {
    SplitData split = hidden(split_of(normal), {.mechanism = mechanism, .train_rate = 0.3}, groups);
    const DenseArray& input = input_of(split.train);
    for (std::int64_t r = 0; r < input.rows; ++r) {
      for (std::int64_t c = 2; c < columns; ++c) {
        ASSERT_EQ(input.observed(r, c), input.observed(r, 1));
      }
    }
    EXPECT_NEAR(share(split.train, [](auto, auto c) { return c == 1; }), 0.3, 0.052);
  }
}

TEST(HideCells, TheColumnOfMarIsNamedOrTheFirstThatWillDo) {
  const auto stays = [](const HideConfig& config, SplitData split,
                        std::vector<CellGroup> groups = single_cells(columns)) {
    split = hidden(std::move(split), config, groups);
    std::vector<std::int64_t> kept;
    for (std::int64_t c = 0; c < columns; ++c) {
      if (share(split.train, [&](auto, auto other) { return other == c; }) == 0) kept.push_back(c);
    }
    return kept;
  };
  HideConfig mar{.mechanism = HideMechanism::mar, .train_rate = 0.5};
  SplitData split = split_of(normal, {200, 10, 10});
  auto& values = std::get<std::vector<float>>(input_of(split.train).values);
  for (std::size_t i = 0; i < values.size(); i += columns) values[i] = 7;  // column 0 is constant
  EXPECT_THAT(stays(mar, split), ::testing::ElementsAre(1));
  mar.column = 5;
  EXPECT_THAT(stays(mar, split), ::testing::ElementsAre(5));
  std::vector<CellGroup> groups = single_cells(columns);
  groups[3].name = groups[9].name = "age";  // copies
  mar.column = "age";
  EXPECT_THAT(stays(mar, split, groups), ::testing::ElementsAre(3, 9));
}

TEST(HideCells, ColumnsThatWillNotDoAreNamed) {
  HideConfig mar{.mechanism = HideMechanism::mar, .train_rate = 0.5, .column = 20};
  EXPECT_THAT(fault(mar), HasSubstr("data.hide.column: there is no input '20'"));
  mar.column = 4;
  std::vector<CellGroup> groups = single_cells(columns);
  groups[4].is_number = false;
  EXPECT_THAT(fault(mar, split_of(normal, {20, 10, 10}), groups), HasSubstr("'4' is a category"));
  SplitData split = split_of(normal, {20, 10, 10});
  DenseArray& test = input_of(split.test);
  test.mask.assign(static_cast<std::size_t>(test.rows * mask_row_bytes(columns)), 0);
  EXPECT_THAT(fault(mar, split), HasSubstr("'4' is not observed in every row: name another"));
  mar.column.reset();
  EXPECT_THAT(fault(mar, split), HasSubstr("set data.hide.mechanism"));
}

}  // namespace
}  // namespace lacuna::data
