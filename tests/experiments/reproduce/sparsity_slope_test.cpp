#include "experiments/reproduce/sparsity_slope.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "experiments/reproduce/figure.hpp"
#include "runtime/config/json_reader.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr ScoreForm form{.name = "rmse", .metric = &metric::rmse, .count_name = "rows"};

ReproducedCell cell(const std::string& row, const std::string& variant, double x, double degree,
                    const std::vector<double>& errors) {
  ReproducedCell cell{.row = row,
                      .variant = variant,
                      .paper = {},
                      .ours = {{&form, metrics::mean_interval(errors)}},
                      .difference = {},
                      .settings = "",
                      .status = "",
                      .means = ""};
  cell.x = x;
  cell.degree = degree;
  for (std::size_t seed = 0; seed < errors.size(); ++seed) {
    Outcome run{.variant = variant, .seed = seed};
    run.test = TestScores{{&form, errors[seed], 9}};
    cell.runs[seed] = run;
  }
  return cell;
}

/// Errors without SN are above those with it by 1 + slope x degree, of seeds of unequal slopes.
ReproductionReport report(double slope) {
  ReproductionReport report{.table = "figure", .cells = {}};
  for (const auto& [row, units] : {std::pair("Set, wide", 100.0), std::pair("Set, narrow", 25.0)}) {
    for (const double p : {0.1, 0.5, 0.9}) {
      const double degree = std::sqrt(p / (units * (1 - p)));
      std::vector<double> with, without;
      for (const double of_seed : {slope - 0.1, slope, slope + 0.1}) {
        with.push_back(3 + p);
        without.push_back(3 + p + 1 + of_seed * degree);
      }
      report.cells.push_back(cell(row, "w/ SN, at", p, degree, with));
      report.cells.push_back(cell(row, "w/o SN, at", p, degree, without));
    }
  }
  return report;
}

TEST(SparsitySlope, IsThatOfTheGapInEachPanelAndInAll) {
  const std::vector<SparsitySlope> slopes = sparsity_slopes(report(2));
  ASSERT_EQ(slopes.size(), 3U);
  EXPECT_EQ(slopes[0].row, "Set, wide");
  EXPECT_EQ(slopes[2].row, "Set");
  EXPECT_EQ(slopes[2].places, 6);
  for (const SparsitySlope& slope : slopes) {
    EXPECT_EQ(slope.gap, "w/o SN minus w/ SN");
    EXPECT_EQ(slope.slope.n, 3);
    EXPECT_NEAR(slope.slope.mean, 2, 1e-9);
    EXPECT_NEAR(slope.slope.std_dev, 0.1, 1e-9);
  }
}

TEST(SparsitySlope, TheSentenceComesFromItsInterval) {
  const auto said = [](double slope) { return slope_sentences(sparsity_slopes(report(slope))); };
  EXPECT_THAT(said(2), HasSubstr("- Set: the error w/o SN minus w/ SN rises with sqrt(p"));
  EXPECT_THAT(said(2), HasSubstr("(slope +2 +- 0.25, over 3 runs, 6 places)"));
  EXPECT_THAT(said(-2), HasSubstr("w/ SN falls with"));
  EXPECT_THAT(said(0.1), HasSubstr("does not change by what can be told with"));
  EXPECT_THAT(figure_csv(figure_points(report(2))),
              HasSubstr("Set,w/o SN minus w/ SN,,slope,3,2,0.248\n"));
}

TEST(SparsitySlope, CountsSeedsThatHaveAllPlaces) {
  ReproductionReport lacking = report(2);
  lacking.cells.front().runs.erase(1);
  for (const SparsitySlope& slope : sparsity_slopes(lacking)) {
    EXPECT_EQ(slope.slope.n, slope.row == "Set, narrow" ? 3 : 2) << slope.row;
  }
}

TEST(SparsitySlope, NeedsADegree) {
  ReproductionReport without = report(2);
  for (ReproducedCell& each : without.cells) each.degree.reset();
  EXPECT_TRUE(sparsity_slopes(without).empty());
  EXPECT_THAT(figure_sentences(without), AllOf(HasSubstr("the error"), Not(HasSubstr("slope"))));
}

TEST(DegreeOfSparsity, IsThatOfTheFirstLayersDropout) {
  const auto degree = [](const char* layer) {
    return degree_of_sparsity(config::parse_json(
        std::string(R"({"model": {"layers": [)") + layer + R"(, {"units": 5}]}})", "f.json"));
  };
  EXPECT_NEAR(degree(R"({"units": 64, "dropout": 0.9})").value(), std::sqrt(9. / 64), 1e-12);
  EXPECT_FALSE(degree(R"({"units": 64, "dropout": 0})"));
  EXPECT_FALSE(degree_of_sparsity(config::parse_json(R"({"model": {"units": 9}})", "f.json")));
}

}  // namespace
}  // namespace lacuna::experiments
