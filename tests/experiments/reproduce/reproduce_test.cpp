#include "experiments/reproduce/reproduce.hpp"

#include <cmath>

#include "experiments/reproduce/into_file.hpp"
#include "experiments/reproduce/shipped.hpp"
#include "runtime/config/json_reader.hpp"
#include "runtime/error.hpp"
#include "tests/experiments/program_test.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

ReproducedCell cell(double paper, std::optional<double> interval, std::vector<double> ours) {
  return {.row = "row",
          .variant = "v",
          .paper = {paper, interval},
          .ours = metrics::mean_interval(ours),
          .ours_warm = {},
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

TEST(PaperExperiments, EachNamesCellsOfItsVariants) {
  const auto experiments = paper_experiments();
  EXPECT_GE(experiments.size(), 20U);
  for (const PaperExperiment& experiment : experiments) {
    const Plan plan = load_plan(experiment.file, {});
    const auto& paper = plan.variants.front().experiment.paper;
    ASSERT_TRUE(paper);
    EXPECT_FALSE(paper->values.empty()) << experiment.file;
    for (const auto& [name, value] : paper->values) {
      const bool known = std::ranges::any_of(
          plan.variants, [&](const Variant& variant) { return variant.name == name; });
      EXPECT_TRUE(known) << experiment.file << ": " << name;
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
};

TEST_F(ReproduceCommand, RunsWhatItCanAndComparesWithThePaper) {
  std::vector<std::string> arguments{"reproduce", "sn_v1_table1", "--filter", "item_ml1",
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

TEST_F(ReproduceCommand, TakesTheDifferenceSeedBySeed) {
  std::vector<std::string> arguments{"reproduce", "sn_v1_table1", "--filter", "item_ml1m",
                                     "--folder",  "runs",         "-q",       "--json"};
  arguments.insert(arguments.end(), small_.begin(), small_.end());
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
  EXPECT_EQ(cells.at(1).at("first_minus_this").at("n").as_int64(), 2);
  EXPECT_NEAR(cells.at(1).at("first_minus_this").at("mean").as_double(), mean, 1e-12);
}

TEST_F(ReproduceCommand, SaysWhereThereAreNoDataOrRuns) {
  const std::string out = output_of({"reproduce", "sn_v1_table1", "--filter", "item_ml10m",
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
