#include "experiments/reproduce/reproduce.hpp"

#include <cmath>
#include <set>
#include <sstream>

#include "experiments/reproduce/into_file.hpp"
#include "experiments/reproduce/shipped.hpp"
#include "runtime/config/json_reader.hpp"
#include "runtime/error.hpp"
#include "tests/experiments/report/report_command.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr ScoreForm rmse_form{.name = "rmse", .metric = &metric::rmse, .count_name = "pairs"};
constexpr ScoreForm auroc_form{.name = "auroc", .metric = &metric::auroc, .count_name = "rows"};

ReproducedCell cell(double paper, std::optional<double> interval, std::vector<double> ours) {
  return {.row = "row",
          .variant = "v",
          .paper = PaperValue{paper, interval},
          .ours = {{&rmse_form, metrics::mean_interval(ours)}},
          .difference = {},
          .settings = "",
          .status = "",
          .means = ""};
}

TEST(Verdict, EqualWithinBothIntervalsTogether) {
  EXPECT_EQ(verdict(cell(0.8, 0.01, {0.80, 0.81})), "equal");
  EXPECT_EQ(verdict(cell(0.8, 0.01, {0.815, 0.8151})), "worse");
  EXPECT_EQ(verdict(cell(0.8, 0.01, {0.785, 0.7851})), "better");
  EXPECT_EQ(verdict(cell(0.8, {}, {0.7999, 0.8002, 0.8, 0.8001, 0.7998})), "equal");
  EXPECT_EQ(verdict(cell(0.8, {}, {0.9, 0.9001})), "worse");
  EXPECT_EQ(verdict(cell(0.8, 0.01, {})), "-");
  EXPECT_EQ(verdict(cell(0.8, 0.01, {0.7})), "-") << "one run says nothing";
}

TEST(Verdict, ASmallerExperimentGetsNone) {
  ReproducedCell small = cell(0.8, 0.01, {0.9, 0.9001});
  small.smaller = true;
  small.difference = metrics::mean_interval(std::vector{0.1, 0.1001});
  EXPECT_EQ(verdict(small), "-");
  EXPECT_EQ(first_arm_is(small), "worse") << "its own arms are compared";
}

TEST(Verdict, FewerRunsThanThePapersGetNone) {
  ReproducedCell few = cell(0.8, 0.01, {0.9, 0.9001});
  few.paper_runs = 3;
  EXPECT_EQ(verdict(few), "-");
  few.difference = metrics::mean_interval(std::vector{0.1, 0.1001});
  EXPECT_EQ(first_arm_is(few), "-");
  few.paper_runs = 2;
  EXPECT_EQ(verdict(few), "worse");
  EXPECT_EQ(first_arm_is(few), "worse");
}

// 1.96 standard deviations of 5 runs: their mean's half width is 2.776 / 1.96 / sqrt(5) = 0.633
// times that.
TEST(Verdict, AnIntervalOfRunsIsTurnedIntoOneOfTheirMean) {
  ReproducedCell runs = cell(0.8, 0.1, {0.87, 0.87, 0.87, 0.87, 0.8701});
  EXPECT_EQ(verdict(runs), "equal");
  runs.paper_runs = 5;
  runs.paper_interval = PaperInterval::runs;
  EXPECT_EQ(verdict(runs), "worse");
  runs.paper->interval = 0.12;
  EXPECT_EQ(verdict(runs), "equal");
}

TEST(FirstArm, IsToldApartWhereTheIntervalLeavesZeroOut) {
  ReproducedCell other = cell(0.8, {}, {0.8, 0.81});
  EXPECT_EQ(first_arm_is(other), "-") << "the first arm itself";
  other.difference = metrics::mean_interval(std::vector{-0.1, -0.1001});
  EXPECT_EQ(first_arm_is(other), "better");
  other.ours.front().form = &auroc_form;
  EXPECT_EQ(first_arm_is(other), "worse");
  other.difference = metrics::mean_interval(std::vector{-0.1, 0.1, 0.05});
  EXPECT_EQ(first_arm_is(other), "not told apart");
  other.status = "2 of 3 runs";
  EXPECT_EQ(first_arm_is(other), "-");
}

TEST(Comparisons, AreAListForEachRow) {
  ReproducedCell first = cell(0.8, {}, {0.8, 0.81});
  first.variant = "SN";
  ReproducedCell zero = first, mean = first, third = first;
  zero.variant = "zero";
  zero.difference = metrics::mean_interval(std::vector{-0.1, -0.1001});
  mean.variant = "mean";
  mean.difference = metrics::mean_interval(std::vector{-0.1, 0.1});
  third.row = "other row";
  const std::string text = comparisons_of({.table = "t", .cells = {first, zero, mean, third}});
  EXPECT_THAT(text, ::testing::StartsWith("- row: SN is better than zero (-0.1001 +- 0.0006); not "
                                          "told apart from mean (+0.0000 +- "));
  EXPECT_THAT(text, Not(HasSubstr("other row"))) << "it has one arm";
}

TEST(Verdict, GoesInTheScoresDirection) {
  ReproducedCell higher = cell(0.8, {}, {0.9, 0.9001});
  higher.ours.front().form = &auroc_form;
  EXPECT_EQ(verdict(higher), "better");
}

TEST(Verdict, AnArmThatNoPaperHasGetsNone) {
  ReproducedCell ours = cell(0.8, 0.01, {0.7, 0.7001});
  ours.paper.reset();
  EXPECT_EQ(verdict(ours), "-");
}

TEST(PaperExperiments, EachNamesCells) {
  const auto experiments = paper_experiments();
  EXPECT_GE(experiments.size(), 20U);
  for (const PaperExperiment& experiment : experiments) {
    const Plan plan = load_plan(experiment.file, {});
    for (const PaperConfig& paper : plan.variants.front().experiment.paper) {
      EXPECT_TRUE(paper.x || !paper.values.empty()) << experiment.file << ": " << paper.table;
    }
  }
}

class ReproduceCommand : public ProgramTest {
 protected:
  /// Generated ratings in place of MovieLens, and little of everything.
  const std::vector<std::string> small_{
      R"(data={"type": "synthetic", "users": 60, "items": 40, "ratings": 800})",
      "model.hidden_units=4",
      "train.epochs=3",
      R"(sweep={"grid": {"train.l2.lambda": [1, 10]}})",
      "seed=0",
      "seeds=2"};

  /// Table 1's cells of MovieLens 1M's item vectors.
  std::vector<std::string> table1_as_json() const {
    std::vector<std::string> arguments{"reproduce", "sn_v1_table1", "--filter", "^item_ml1m",
                                       "--folder",  "runs",         "-q",       "--json"};
    arguments.insert(arguments.end(), small_.begin(), small_.end());
    return arguments;
  }
  std::vector<config::Json> cells_of(const std::vector<std::string>& arguments) const {
    return config::parse_json(output_of(arguments), "output").at("cells").as_array();
  }
};

TEST_F(ReproduceCommand, RunsWhatItCanAndComparesWithThePaper) {
  std::vector<std::string> arguments{"reproduce", "sn_v1_table1", "--filter", "^item_ml1",
                                     "--folder",  "runs",         "-q"};
  arguments.insert(arguments.end(), small_.begin(), small_.end());
  const std::string out = output_of(arguments);
  EXPECT_THAT(out, AllOf(HasSubstr("MovieLens 1M, item vectors"), HasSubstr("0.8275 +- 0.0026"),
                         HasSubstr("worse"), HasSubstr("train.l2.lambda=")));
  // Again: nothing is left to train, the same comes out.
  const auto written = std::filesystem::last_write_time(
      folder_ / "runs/sn_v1_table1/item_ml1m/test/w__SN/seed-0/result.json");
  EXPECT_EQ(output_of(arguments), out);
  EXPECT_EQ(std::filesystem::last_write_time(
                folder_ / "runs/sn_v1_table1/item_ml1m/test/w__SN/seed-0/result.json"),
            written);
}

TEST_F(ReproduceCommand, TrainsOnlyWhatHasNoLine) {
  std::vector<std::string> arguments{"reproduce",  "sn_v1_table1", "--filter",
                                     "^item_ml1m", "--folder",     "runs",
                                     "--results",  "kept",         "-q"};
  arguments.insert(arguments.end(), small_.begin(), small_.end());
  const std::string out = output_of(arguments);
  const std::string ledger = read_file(folder_ / "kept/sn_v1_table1.csv");
  // A header, two sets for each of three arms, two seeds for each, the constant on two splits.
  EXPECT_THAT(lines_of(ledger), ::testing::SizeIs(1 + 6 + 6 + 2));
  const config::Json environment =
      config::read_json(folder_ / "runs/sn_v1_table1/item_ml1m/test/w__SN/seed-0/environment.json");
  const config::Json& commit = environment.at("build").at("git_commit");
  const std::string named = commit.is_null() ? "" : commit.as_string();
  EXPECT_THAT(ledger, HasSubstr("," + named + ","));
  std::filesystem::remove_all(folder_ / "runs");
  EXPECT_EQ(output_of(arguments), out);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "runs")) << "nothing was left to train";
  // A run whose line is gone is trained again, and nothing else is.
  const std::size_t last = ledger.find("\nitem_ml1m,w/o SN,test,1,");
  ASSERT_NE(last, std::string::npos);
  std::string without = ledger;
  without.erase(last, ledger.find('\n', last + 1) - last);
  write_file(folder_ / "kept/sn_v1_table1.csv", without);
  output_of(arguments);
  EXPECT_TRUE(std::filesystem::exists(
      folder_ / "runs/sn_v1_table1/item_ml1m/test/w_o_SN/seed-1/result.json"));
  EXPECT_FALSE(std::filesystem::exists(
      folder_ / "runs/sn_v1_table1/item_ml1m/test/w_o_SN/seed-0/result.json"));
  EXPECT_THAT(lines_of(read_file(folder_ / "kept/sn_v1_table1.csv")),
              ::testing::SizeIs(lines_of(ledger).size()));
}

TEST_F(ReproduceCommand, ProcessesLeaveTheSameLines) {
  const auto run = [&](const std::string& folder, const std::string& jobs) {
    std::vector<std::string> arguments{"reproduce",  "sn_v1_table1", "--filter",
                                       "^item_ml1m", "--folder",     folder,
                                       "--jobs",     jobs,           "-q"};
    arguments.insert(arguments.end(), small_.begin(), small_.end());
    return output_of(arguments);
  };
  EXPECT_EQ(run("one", "1"), run("two", "2"));
  EXPECT_EQ(lines_of(read_file(folder_ / "one/results/sn_v1_table1.csv")).size(),
            lines_of(read_file(folder_ / "two/results/sn_v1_table1.csv")).size());
}

TEST_F(ReproduceCommand, TheConstantIsARowOfItsOwn) {
  std::vector<std::string> arguments = table1_as_json();
  const auto cells = cells_of(arguments);
  ASSERT_EQ(cells.size(), 4U);
  EXPECT_EQ(cells[3].at("variant").as_string(), "global mean");
  EXPECT_EQ(cells[3].at("first_minus_this").at("n").as_int64(), 2);
  EXPECT_GT(cells[3].at("ours").at("mean").as_double(), 0);
}

TEST_F(ReproduceCommand, TakesTheDifferenceSeedBySeed) {
  std::vector<std::string> arguments = table1_as_json();
  const config::Json report = config::parse_json(output_of(arguments), "output");
  const auto rmse = [&](const std::string& run) {
    const auto file = folder_ / ("runs/sn_v1_table1/item_ml1m/test/" + run + "/result.json");
    return config::read_json(file).at("test").at("rmse").as_double();
  };
  const double mean = (rmse("w__SN/seed-0") - rmse("w_o_SN/seed-0") + rmse("w__SN/seed-1") -
                       rmse("w_o_SN/seed-1")) /
                      2;
  const auto& cells = report.at("cells").as_array();
  EXPECT_EQ(cells.at(0).at("first_minus_this").at("n").as_int64(), 0);
  EXPECT_EQ(cells.at(2).at("first_minus_this").at("n").as_int64(), 2);
  EXPECT_NEAR(cells.at(2).at("first_minus_this").at("mean").as_double(), mean, 1e-12);
  EXPECT_EQ(cells.at(2).at("interval").at("of").as_string(),
            "mean over 2 runs, each with a split and a training seed of its own");
}

// Settings or defaults that change would leave the committed lines without a cell.
TEST_F(ReproduceCommand, CommittedResultsNeedNoTraining) {
  if (!gnuplot_is_there()) GTEST_SKIP() << "no gnuplot";
  std::filesystem::copy(shipped_results(), folder_ / "kept",
                        std::filesystem::copy_options::recursive);
  for (const char* table : {"sn_v1_table5", "sn_v1_figure6"}) {
    const config::Json report = config::parse_json(
        output_of({"reproduce", table, "--dry-run", "--results", "kept", "--json"}), table);
    EXPECT_GT(report.at("cells").as_array().size(), 80U);
    for (const config::Json& cell : report.at("cells").as_array()) {
      EXPECT_EQ(cell.at("status").as_string(), "") << config::dump(cell, 0);
    }
  }
}

TEST_F(ReproduceCommand, RowsOfOneExperimentStandOnce) {
  const std::vector<config::Json> cells =
      cells_of({"reproduce", "sn_v1_table3", "--dry-run", "-q", "--filter", "^raised$", "--json",
                "--results", "none"});
  ASSERT_EQ(cells.size(), 12U);
  std::set<std::string> arms;
  for (const config::Json& cell : cells) {
    arms.insert(cell.at("variant").as_string());
    EXPECT_EQ(cell.at("paper").at("value"), config::Json()) << "generated records";
  }
  EXPECT_EQ(arms.size(), 12U);
}

TEST_F(ReproduceCommand, AnotherArmMayLead) {
  std::vector<std::string> arguments = table1_as_json();
  const auto cells = [&] { return cells_of(arguments); };
  const auto before = cells();
  arguments.insert(arguments.end(), {"--first", "w/o SN"});
  const auto after = cells();
  EXPECT_EQ(after.at(0).at("variant").as_string(), "w/o SN");
  EXPECT_EQ(after.at(0).at("first_minus_this").at("n").as_int64(), 0);
  EXPECT_EQ(before.at(2).at("variant").as_string(), "w/o SN");
  EXPECT_DOUBLE_EQ(after.at(1).at("first_minus_this").at("mean").as_double(),
                   -before.at(2).at("first_minus_this").at("mean").as_double());
}

TEST_F(ReproduceCommand, CellsOfTwoExperimentsStandInOneRow) {
  const auto run = [&](const std::string& table, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"reproduce", table,  "--filter", "^item_ml1m",
                                       "--folder",  "runs", "-q",       "--json"};
    arguments.insert(arguments.end(), small_.begin(), small_.end());
    arguments.insert(arguments.end(), more.begin(), more.end());
    return cells_of(arguments);
  };
  const auto cells = run("sn_v1_table6");
  ASSERT_EQ(cells.size(), 3U) << "and the constant";
  EXPECT_EQ(cells[0].at("variant").as_string(), "w/o SN");
  EXPECT_EQ(cells[0].at("paper").at("value").as_double(), 0.8306);
  EXPECT_EQ(cells[1].at("variant").as_string(), "RProp");
  EXPECT_EQ(cells[1].at("row"), cells[0].at("row"));
  EXPECT_EQ(cells[1].at("first_minus_this").at("n").as_int64(), 2) << "seed by seed, too";
  // Its first arm is of Table 1, and has been run there.
  EXPECT_EQ(run("sn_v1_table1", {"--dry-run"}).at(2).at("ours"), cells[0].at("ours"));
}

TEST_F(ReproduceCommand, AnArmThatIsThereIsShownWhereAnotherIsNot) {
  std::vector<std::string> arguments = table1_as_json();
  const auto cells = [&] { return cells_of(arguments); };
  const auto before = cells();
  arguments.emplace_back("--dry-run");
  const auto file = folder_ / "runs/results/sn_v1_table1.csv";
  std::istringstream lines(read_file(file));
  std::string kept;
  for (std::string line; std::getline(lines, line);) {
    if (line.find("constant scale") == std::string::npos) kept += line + "\n";
  }
  write_file(file, kept);
  const auto after = cells();
  EXPECT_EQ(after.at(0), before.at(0));
  EXPECT_EQ(after.at(1).at("status").as_string(), "not run");
  EXPECT_EQ(after.at(2).at("ours"), before.at(2).at("ours"));
}

TEST_F(ReproduceCommand, QuickTakesTheSmallerExperimentsAndNamesTheOthers) {
  std::vector<std::string> arguments{"reproduce", "sn_v1_table1", "--quick", "--filter",
                                     "item",      "--folder",     "runs",    "-q"};
  arguments.insert(arguments.end(), small_.begin(), small_.end());
  const std::string out = output_of(arguments);
  EXPECT_THAT(out, AllOf(HasSubstr("CF-NADE, MovieLens 100K, item vectors"),
                         HasSubstr("no verdict by --quick"), HasSubstr("not decided by --quick: "),
                         HasSubstr("MovieLens 10M")));
  EXPECT_THAT(out, ::testing::Not(HasSubstr("equal")));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "runs/results/sn_v1_table1.csv"));
  EXPECT_THAT(output_of({"reproduce"}), HasSubstr("(--quick)"));
  EXPECT_THAT(output_of({"reproduce", "sn_v1_table6", "--quick", "--folder", "runs"}),
              HasSubstr("not decided by --quick: MovieLens 100K, item vectors; "));
  EXPECT_THAT(message_of(2, {"reproduce", "sn_v1_table1", "--filter", "quick"}),
              HasSubstr("add --quick"));
}

TEST_F(ReproduceCommand, ArmsThatNoPaperHasAreShown) {
  std::vector<std::string> arguments{
      "reproduce", "zero_imputation_table1", "--filter", "^item_ml1m", "--folder", "runs", "-q"};
  arguments.insert(arguments.end(), small_.begin(), small_.end());
  EXPECT_THAT(output_of(arguments), ::testing::ContainsRegex("K = mean count +- "));
}

TEST_F(ReproduceCommand, ADivergedRunIsSaidAndEndsWithFour) {
  std::vector<std::string> arguments{"reproduce", "sn_v1_table6", "--filter", "^item_ml1m_rprop",
                                     "--folder",  "runs",         "-q"};
  arguments.insert(arguments.end(), small_.begin(), small_.end());
  arguments.emplace_back(R"(train.optimizer={"type": "sgd", "learning_rate": 1e30})");
  const ProgramResult result = lacuna(arguments);
  EXPECT_EQ(result.exit_code, 4) << result.err;
  EXPECT_THAT(result.out, HasSubstr("MovieLens 1M, item vectors")) << "the table is printed";
}

TEST_F(ReproduceCommand, ShowsNoRunsOfOtherSettings) {
  std::vector<std::string> arguments{"reproduce", "sn_v1_table1", "--filter", "^item_ml1m",
                                     "--folder",  "runs",         "-q"};
  arguments.insert(arguments.end(), small_.begin(), small_.end());
  output_of(arguments);
  arguments.insert(arguments.end(), {"--dry-run", "train.epochs=4"});
  EXPECT_THAT(message_of(2, arguments), HasSubstr("begun with other settings"));
}

TEST_F(ReproduceCommand, MissingMarksAreFoundBeforeTraining) {
  write_file(folder_ / "README.md", "no marks\n");
  std::vector<std::string> arguments{"reproduce", "sn_v1_table1", "--folder", "runs",
                                     "--into",    "README.md",    "-q"};
  arguments.insert(arguments.end(), small_.begin(), small_.end());
  EXPECT_THAT(message_of(2, arguments), HasSubstr("<!-- sn_v1_table1 -->"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "runs"));
}

TEST_F(ReproduceCommand, SaysWhereThereAreNoDataOrRuns) {
  const std::string out = output_of({"reproduce", "sn_v1_table1", "--filter", "^item_ml10m",
                                     "data.path=nowhere", "--folder", "runs"});
  EXPECT_THAT(out, HasSubstr("no data at hand"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "runs"));
  std::vector<std::string> arguments{"reproduce", "sn_v1_table1", "--dry-run"};
  arguments.insert(arguments.end(), small_.begin(), small_.end());
  EXPECT_THAT(output_of(arguments), AllOf(HasSubstr("not run"), Not(HasSubstr("worse"))));
}

TEST_F(ReproduceCommand, UnknownTablesAndFiltersAreErrors) {
  EXPECT_THAT(message_of(2, {"reproduce", "table1"}), HasSubstr("sn_v1_table1"));
  EXPECT_THAT(message_of(2, {"reproduce", "sn_v1_table1", "--filter", "["}),
              HasSubstr("regular expression"));
  EXPECT_THAT(message_of(2, {"reproduce", "sn_v1_table1", "--filter", "item_ml2m"}),
              AllOf(HasSubstr("fits no experiment"), HasSubstr("item_ml1m")));
  EXPECT_THAT(output_of({"reproduce"}), HasSubstr("item_ml100k"));
}

TEST_F(ReproduceCommand, WritesTheTableBetweenItsMarks) {
  write_file(folder_ / "doc.md",
             "before\n<!-- sn_v1_table6 -->\nold\n<!-- /sn_v1_table6 -->\nafter\n");
  output_of({"reproduce", "sn_v1_table6", "--dry-run", "--into", "doc.md"});
  EXPECT_THAT(read_file(folder_ / "doc.md"),
              AllOf(HasSubstr("before\n<!-- sn_v1_table6 -->\n"), HasSubstr("| MovieLens 100K"),
                    HasSubstr("\n- MovieLens 100K, item vectors: AutoRec, item vectors, without"),
                    HasSubstr("\n<!-- /sn_v1_table6 -->\nafter\n"), Not(HasSubstr("old"))));
  EXPECT_THAT(message_of(2, {"reproduce", "sn_v1_table1", "--dry-run", "--into", "doc.md"}),
              HasSubstr("<!-- sn_v1_table1 -->"));
}

}  // namespace
}  // namespace lacuna::experiments
