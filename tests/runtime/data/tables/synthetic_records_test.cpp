#include "runtime/data/tables/synthetic_records.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numeric>

#include "runtime/data/tables/load_table.hpp"

namespace lacuna::data {
namespace {

/// Of some numbers, with the standard error of their mean.
struct Moments {
  explicit Moments(const std::vector<double>& numbers) : n(static_cast<double>(numbers.size())) {
    mean = std::accumulate(numbers.begin(), numbers.end(), 0.0) / n;
    for (const double x : numbers) variance += (x - mean) * (x - mean) / (n - 1);
  }
  double error() const { return std::sqrt(variance / n); }

  double n;
  double mean = 0;
  double variance = 0;
};

/// Four standard errors: one comparison in 16,000 fails by chance, and the seeds are fixed.
constexpr double sigmas = 4;

class Records {
 public:
  explicit Records(const SyntheticRecords& source)
      : data_(RecordsGenerator(source).generate()), columns_(source.columns()) {}

  const DenseArray& input() const { return std::get<DenseArray>(data_.fields.at("input")); }
  const std::vector<std::int32_t>& labels() const {
    return std::get<Labels>(data_.fields.at("target")).value;
  }
  double cell(std::int64_t row, std::int64_t column) const {
    const auto& values = std::get<std::vector<float>>(input().values);
    return static_cast<double>(values[static_cast<std::size_t>(row * columns_ + column)]);
  }
  bool observed(std::int64_t row, std::int64_t column) const {
    return input().observed(row, column);
  }

  /// How many examinations the people of a class have; of both: -1.
  std::vector<double> counts(int label) const {
    std::vector<double> counts;
    for (std::int64_t r = 0; r < data_.rows(); ++r) {
      if (label >= 0 && labels()[static_cast<std::size_t>(r)] != label) continue;
      counts.push_back(0);
      for (std::int64_t c = 0; c < columns_; ++c) counts.back() += observed(r, c) ? 1 : 0;
    }
    return counts;
  }

  /// Observed numbers of one column, times those of another where there is one.
  std::vector<double> numbers(int label, std::int64_t column, std::int64_t other = -1) const {
    std::vector<double> numbers;
    for (std::int64_t r = 0; r < data_.rows(); ++r) {
      if (label >= 0 && labels()[static_cast<std::size_t>(r)] != label) continue;
      if (!observed(r, column) || (other >= 0 && !observed(r, other))) continue;
      numbers.push_back(cell(r, column) * (other < 0 ? 1 : cell(r, other)));
    }
    return numbers;
  }

 private:
  DataSet data_;
  std::int64_t columns_;
};

SyntheticRecords of(CountRegime regime) {
  SyntheticRecords source;
  source.rows = 20000;
  source.examinations = 6;
  source.prevalence = 0.2;
  source.regime = regime;
  return source;
}

constexpr std::array regimes{CountRegime::independent, CountRegime::raised, CountRegime::lowered};

TEST(SyntheticRecords, AreAFunctionOfTheSource) {
  SyntheticRecords source;
  const DataSet first = RecordsGenerator(source).generate();
  EXPECT_EQ(first.rows(), 1000);
  EXPECT_EQ(std::get<DenseArray>(first.fields.at("input")).shape.at(0), 170);
  EXPECT_EQ(first.checksum, RecordsGenerator(source).generate().checksum);
  source.rows = 10;
  const Records whole(SyntheticRecords{}), begin(source);
  for (std::int64_t r = 0; r < 10; ++r) EXPECT_EQ(begin.cell(r, 7), whole.cell(r, 7));
  source.seed = 1;
  EXPECT_NE(Records(source).counts(-1), begin.counts(-1));
}

TEST(SyntheticRecords, HaveTheirPrevalenceAndMeanCountInEachRegime) {
  for (const CountRegime regime : regimes) {
    const SyntheticRecords source = of(regime);
    const Records records(source);
    const std::vector<double> labels(records.labels().begin(), records.labels().end());
    EXPECT_NEAR(Moments(labels).mean, 0.2, sigmas * std::sqrt(0.2 * 0.8 / 20000));
    const Moments counts(records.counts(-1));
    EXPECT_NEAR(counts.mean, 30 * source.observed_share, sigmas * counts.error());
  }
}

TEST(SyntheticRecords, PeopleDifferAsTheSpreadSays) {
  SyntheticRecords source = of(CountRegime::independent);
  for (const double spread : {0.0, 0.5, 1.0}) {
    source.spread = spread;
    const double of_shares = spread * spread * (1.0 / 4 - 0.4 * 0.4);  // u^1.5's
    const double expected = 30 * 0.4 * 0.6 + 30 * 29 * of_shares;
    EXPECT_NEAR(Moments(Records(source).counts(-1)).variance, expected, 0.05 * expected) << spread;
  }
}

TEST(SyntheticRecords, TheDiseaseRaisesOrLowersTheCountOrDoesNot) {
  for (const CountRegime regime : regimes) {
    const Records records(of(regime));
    const Moments ill(records.counts(1)), healthy(records.counts(0));
    const double sign = regime == CountRegime::independent ? 0
                        : regime == CountRegime::raised    ? 1
                                                           : -1;
    EXPECT_NEAR(ill.mean - healthy.mean, sign * 30 * 0.2,
                sigmas * std::hypot(ill.error(), healthy.error()));
  }
}

/// Persistent health is what years share, and what the disease comes from.
TEST(SyntheticRecords, HealthConnectsTheYearsAndTheDisease) {
  SyntheticRecords source = of(CountRegime::independent);
  const Records records(source);
  const Moments own(records.numbers(-1, 2, 2)), next(records.numbers(-1, 2, 8));
  EXPECT_NEAR(own.mean, 1, sigmas * own.error());
  EXPECT_NEAR(next.mean, source.health_share * source.persistence, sigmas * next.error());
  const auto largest_shift = [](const Records& of) {
    double largest = 0;
    for (std::int64_t c = 24; c < 30; ++c) {
      const Moments ill(of.numbers(1, c)), healthy(of.numbers(0, c));
      largest = std::max(
          largest, std::abs(ill.mean - healthy.mean) / std::hypot(ill.error(), healthy.error()));
    }
    return largest;
  };
  EXPECT_GT(largest_shift(records), 10);
  source.risk_share = 0;
  EXPECT_LT(largest_shift(Records(source)), sigmas);
}

TEST(SyntheticRecords, AreSplitAndScaledAsOtherTables) {
  SyntheticRecords source;
  source.scale = Scaling::unit;
  source.stratify = true;
  source.test_share = 0.25;
  const TableSplit table = load_table(source);
  EXPECT_EQ(table.test.rows(), 250);
  EXPECT_EQ(table.schema.inputs.back().name, "exam34_year5");
  const auto& values =
      std::get<std::vector<float>>(std::get<DenseArray>(table.train.fields.at("input")).values);
  EXPECT_EQ(std::ranges::min(values), 0);
  EXPECT_EQ(std::ranges::max(values), 1);
}

TEST(SyntheticRecords, SharesStayBetweenNoneAndAll) {
  SyntheticRecords source = of(CountRegime::lowered);
  source.count_effect = 0.6;
  EXPECT_THROW(source.check(), std::invalid_argument);
  source.regime = CountRegime::independent;
  EXPECT_NO_THROW(source.check());
}

}  // namespace
}  // namespace lacuna::data
