#include "experiments/reproduce/figure.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/experiments/report/report_command.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr ScoreForm form{.name = "rmse", .metric = &metric::rmse, .count_name = "rows"};

/// A cell whose runs have these errors; the dense rows' outputs are `gap` above the sparse ones'.
ReproducedCell cell(const std::string& variant, std::optional<double> x,
                    const std::vector<double>& errors, double gap = 0) {
  ReproducedCell cell{.row = "Set",
                      .variant = variant,
                      .paper = {},
                      .ours = {{&form, metrics::mean_interval(errors)}},
                      .difference = {},
                      .settings = "",
                      .status = "",
                      .means = "",
                      .trained = x.has_value()};
  cell.x = x;
  for (std::size_t seed = 0; seed < errors.size(); ++seed) {
    Outcome run{.variant = variant, .seed = seed};
    run.test = TestScores{{&form, errors[seed], 9}};
    const double noise = 0.01 * static_cast<double>(seed);
    if (x) run.details = {{"output_dense", 1 + gap + noise}, {"output_sparse", 1.0}};
    cell.runs[seed] = run;
  }
  return cell;
}

ReproductionReport report() {
  return {
      .table = "figure",
      .cells = {cell("w/ SN, 100", 100, {1, 1.1, 1.2}), cell("w/ SN, 1", 1, {2, 2.1, 2.2}),
                cell("w/o SN, 1", 1, {2, 2.2, 2.1}), cell("w/o SN, 100", 100, {5, 5.2, 5.4}, 0.5),
                cell("training mean", {}, {3, 3.1, 3.2})}};
}

TEST(Figure, ItsNumbersAreATable) {
  const std::string csv = figure_csv(figure_points(report()));
  EXPECT_THAT(csv, AllOf(HasSubstr("row,series,x,score,runs,mean,half_width_95\n"),
                         HasSubstr("Set,w/ SN,100,rmse,3,1.1,0.248\n"),
                         HasSubstr("Set,w/o SN,100,output_dense,3,1.51,"),
                         HasSubstr("Set,w/o SN,100,gap,3,0.51,"),
                         HasSubstr("Set,training mean,,rmse,3,3.1,")));
}

TEST(Figure, ItsSentencesComeFromPairedIntervals) {
  const std::string text = figure_sentences(report());
  EXPECT_THAT(text, AllOf(HasSubstr("- Set, w/ SN: the error falls from 1 to 100 (-1 +- "),
                          HasSubstr("- Set, w/o SN: the error rises from 1 to 100 (+3.1 +- "),
                          HasSubstr("below the training mean's (-2 +- "),
                          HasSubstr("above the training mean's (+2.1 +- ")));
  EXPECT_THAT(text, HasSubstr("outputs differ (+0.51 +- "));
  EXPECT_THAT(text, HasSubstr("- Set, the error w/ SN minus w/o SN: +0 +- "));
  EXPECT_THAT(text, HasSubstr(" at 1, -4.1 +- "));
  ReproductionReport equal = report();
  equal.cells[0] = cell("w/ SN, 100", 100, {1.5, 2.6, 2.2});
  EXPECT_THAT(figure_sentences(equal), HasSubstr("w/ SN: the error does not change by what can"));
}

TEST(Figure, TheFirstLayersZerosAreToldBeforeAndAfter) {
  EXPECT_THAT(figure_sentences(report()), Not(HasSubstr("first-layer")));
  ReproductionReport asked = report();
  for (auto& [seed, run] : asked.cells[1].runs) {
    const double noise = 0.01 * static_cast<double>(seed);
    run.details = {{"layer1_zeros_before_mean", 0.5}, {"layer1_zeros_after_mean", 0.7 + noise}};
  }
  EXPECT_THAT(figure_sentences(asked), HasSubstr("- Set, w/ SN: training takes the share of "
                                                 "first-layer units that are 0 from 0.5 to 0.71 at "
                                                 "1 (+0.21 +- 0.025)\n"));
  EXPECT_THAT(figure_csv(figure_points(asked)),
              HasSubstr("Set,w/ SN,1,layer1_zeros_after_mean,3,"));
}

TEST(Figure, WhatIsNoLikelihoodIsNamedAsSuch) {
  EXPECT_THAT(figure_sentences(report()), Not(HasSubstr("likelihood")));
  ReproductionReport asked = report();
  for (auto& [seed, run] : asked.cells[1].runs) {
    run.details = {{"conditional_nll", 90 + static_cast<double>(seed)}, {"count_cost", 5}};
  }
  for (auto& [seed, run] : asked.cells[0].runs) run.details = {{"averaged_logits_nll", 89}};
  EXPECT_THAT(figure_sentences(asked),
              AllOf(HasSubstr("- Set, w/ SN: given the number of a row's ones, which is not a "
                              "likelihood and is compared with none, 91.00 at 1; that number costs "
                              "5.00 at 1 more\n"),
                    HasSubstr("- Set, w/ SN: with averaged logits in place of averaged "
                              "probabilities, which is not a likelihood and is compared with none, "
                              "89.00 at 100\n")));
}

TEST(Figure, TheFirstSeriesIsTheOneThatComesFirst) {
  ReproductionReport other = report();
  std::ranges::rotate(other.cells, other.cells.begin() + 2);
  EXPECT_THAT(figure_sentences(other), HasSubstr("- Set, the error w/o SN minus w/ SN: "));
}

TEST(Figure, ASeriesOfOnePlaceSaysNothing) {
  ReproductionReport one = report();
  one.cells.erase(one.cells.begin());
  EXPECT_THAT(figure_sentences(one), Not(HasSubstr("w/ SN:")));
}

TEST(Figure, ABaselineIsFarWhereCurvesWouldBeFlatBesideIt) {
  const auto at = [](double mean) {
    FigurePoint point;
    point.value.mean = mean;
    return point;
  };
  const std::vector curves{at(90), at(100)};
  EXPECT_FALSE(is_far(at(149), curves));
  EXPECT_TRUE(is_far(at(151), curves));
  EXPECT_TRUE(is_far(at(39), curves));
  EXPECT_FALSE(is_far(at(1000), {at(90)})) << "one place has no height";
}

TEST(Figure, EachRowIsAPicture) {
  if (!gnuplot_is_there()) GTEST_SKIP() << "no gnuplot";
  const testing::TemporaryFolder folder;
  write_figure(report(), folder / "figures");
  EXPECT_TRUE(std::filesystem::exists(folder / "figures/figure.csv"));
  EXPECT_GT(std::filesystem::file_size(folder / "figures/figure_set.png"), 1000U);
}

}  // namespace
}  // namespace lacuna::experiments
