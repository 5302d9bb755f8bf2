#include <fmt/format.h>

#include "tests/experiments/report/report_command.hpp"
#include "tests/support/scoped_variable.hpp"

namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(ReportCommand, PrintsThePathOfAFileInTheRunsFolder) {
  train("tiny.json", "run");
  EXPECT_EQ(output_of({"report", "run"}), "run/report.html\n");
  EXPECT_EQ(output_of({"report", "run", "--output", "mine.html"}), "mine.html\n");
  EXPECT_TRUE(fs::exists(folder_ / "mine.html"));
}

TEST_F(ReportCommand, HoldsTheTableThatTrainPrints) {
  train("comparison.json", "run", {"seeds=3"});
  const std::string html = report_of({"run"});
  const Json results = config::read_json(folder_ / "run/results.json");
  for (const Json& summary : results.at("summary").as_array()) {
    const Json& test = summary.at("test_rmse");
    EXPECT_THAT(html,
                HasSubstr(fmt::format("<td>{:.4f} \u00b1 {:.4f}</td>", test.at("mean").as_double(),
                                      test.at("half_width_95").as_double())));
  }
  for (const char* baseline : {"global mean", "user + item bias", "noise floor"}) {
    EXPECT_THAT(html, HasSubstr(fmt::format("<th scope=\"row\">{}</th>", baseline)));
  }
  EXPECT_THAT(html, AllOf(HasSubstr("2 variants, 6 runs, 6 finished"),
                          HasSubstr("with SN \u2212 without SN</th>"), HasSubstr("<td>3</td>")));
}

TEST_F(ReportCommand, ShowsConfigurationDataAndEnvironment) {
  train("comparison.json", "run");
  const std::string html = report_of({"run"});
  const Json data = config::read_json(folder_ / "run/with_SN/seed-0/data.json");
  const Json environment = config::read_json(folder_ / "run/with_SN/seed-0/environment.json");
  EXPECT_THAT(html, AllOf(HasSubstr("<th scope=\"row\">model.input.type</th>"
                                    "<td>sparsity_normalization</td><td>zero_imputation</td>"),
                          Not(HasSubstr("<th scope=\"row\">model.hidden_units</th>")),
                          HasSubstr("&quot;hidden_units&quot;: 5"), HasSubstr("split seed")));
  EXPECT_THAT(html, AllOf(HasSubstr(data.at("checksum").as_string()),
                          HasSubstr(environment.at("build").at("compiler").as_string()),
                          HasSubstr("output.dir=run")));
}

TEST_F(ReportCommand, SaysHowOftenTheTestRatingsWereSeen) {
  const auto row = [](const std::string& times) {
    return HasSubstr("<th scope=\"row\">test ratings were</th><td>" + times + "</td>");
  };
  const auto legend = [](const std::string& times) {
    return AnyOf(Not(HasSubstr("<figure>")), HasSubstr(", " + times));  // no gnuplot: no charts
  };
  train("tiny.json", "run");
  EXPECT_THAT(report_of({"run"}), AllOf(row("seen once"), legend("seen once")));
  output_of({"resume", "run", "train.epochs=8", "-q"});
  EXPECT_THAT(report_of({"run"}), AllOf(row("seen 2 times"), legend("seen 2 times")));

  const fs::path file = folder_ / "run/seed-0/result.json";
  std::string older = read_file(file);
  write_file(file, older.replace(older.find("looks_at_test"), 5, "other"));
  EXPECT_THAT(report_of({"run"}), row("seen once"));
}

TEST_F(ReportCommand, ASearchHasNeitherTestErrorsNorBaselines) {
  train("tiny.json", "search", {"evaluate.test=false"});
  train("tiny.json", "tested");
  EXPECT_THAT(report_of({"search"}),
              AllOf(HasSubstr("<td>never seen</td>"), Not(HasSubstr("global mean"))));
  EXPECT_EQ(count(report_of({"search", "tested", "--output", "both.html"}),
                  "<th scope=\"row\">global mean</th>"),
            1u);
}

TEST_F(ReportCommand, DrawsEachVariantAndTheirComparison) {
  if (!gnuplot_is_there()) GTEST_SKIP() << "no gnuplot";
  train("comparison.json", "run", {"seeds=2"});
  const std::string html = report_of({"run"});
  // Both variants' curves, the comparison, the penalty (0: none), errors by count, the probe's two.
  EXPECT_EQ(count(html, "<figure>"), 6u);
  EXPECT_EQ(count(html, "role=\"img\" aria-label=\"Chart: "), 6u);
  EXPECT_THAT(html, HasSubstr("Error by the number of known ratings"));
  EXPECT_THAT(html, AllOf(HasSubstr("(mean of 2 seeds)"), HasSubstr("actual rating"),
                          HasSubstr("Validation RMSE of all variants")));
}

TEST_F(ReportCommand, DrawsPenaltyAndRateWhereTheyChange) {
  if (!gnuplot_is_there()) GTEST_SKIP() << "no gnuplot";
  train("tiny.json", "run", {"train.l2.lambda=1", R"(train.schedule={"type": "cosine"})"});
  const std::string html = report_of({"run"});
  EXPECT_EQ(count(html, "<figure>"), 4u);
  EXPECT_THAT(html, AllOf(HasSubstr("L2 penalty, share"), HasSubstr("Learning rate, share")));
}

TEST_F(ReportCommand, WithoutGnuplotSaysSoAndHasAllTables) {
  train("comparison.json", "run");
  const testing::ScopedVariable path("PATH", folder_.path().string());
  const ProgramResult result = lacuna({"report", "run"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.err, HasSubstr("no charts: gnuplot not found"));
  const std::string html = report_of({"run"});
  EXPECT_THAT(html, AllOf(HasSubstr("The charts are missing: gnuplot not found; install"),
                          HasSubstr("noise floor"), Not(HasSubstr("<figure>"))));
}

TEST_F(ReportCommand, NamesAreText) {
  train("tiny.json", "run",
        {R"(variants={"<script>alert('1')</script> & \"x\"": {}, "src=a": {}})",
         R"(description="<img src=x onerror=y>")", R"(name="</title><b>")"});
  const std::string printed = output_of({"report", "run"});
  const std::string html = read_file(folder_ / printed.substr(0, printed.size() - 1));
  EXPECT_THAT(report::unbalanced_tags(html), IsEmpty());
  EXPECT_THAT(html, AllOf(Not(HasSubstr("<script")), Not(HasSubstr("<img")), Not(HasSubstr("<b>")),
                          HasSubstr("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; "
                                    "&quot;x&quot;")));
}

TEST_F(ReportCommand, SeveralRunsStandSideBySide) {
  train("tiny.json", "first");
  train("tiny.json", "second", {"model.hidden_units=7"});
  const std::string html = report_of({"first", "second", "first/seed-0", "--output", "both.html"});
  EXPECT_THAT(html, AllOf(HasSubstr("2 variants, 2 runs, 2 finished"),
                          HasSubstr("first \u2212 second</th>"),
                          HasSubstr("<th scope=\"row\">model.hidden_units</th>"
                                    "<td>5</td><td>7</td>")));
  EXPECT_EQ(count(html, "<th scope=\"row\">global mean</th>"), 1u) << "the same for both";
}

TEST_F(ReportCommand, OtherTestRatingsAreNotCompared) {
  train("tiny.json", "first");
  train("tiny.json", "second", {"data.split_seed=1"});
  const std::string html = report_of({"first", "second"});
  EXPECT_THAT(html, AllOf(Not(HasSubstr("first \u2212 second")), HasSubstr("global mean [first]"),
                          HasSubstr("global mean [second]")));
}

TEST_F(ReportCommand, OneRunsFolderFindsItsLaunch) {
  train("comparison.json", "run");
  const std::string html = report_of({"run/without_SN/seed-0"});
  EXPECT_THAT(html, AllOf(HasSubstr("1 variant, 1 run, 1 finished"), HasSubstr("noise floor"),
                          HasSubstr("without SN")));
  EXPECT_TRUE(fs::exists(folder_ / "run/without_SN/seed-0/report.html"));
}

TEST_F(ReportCommand, UnfinishedRunsAreListed) {
  train("comparison.json", "run", {"seeds=2"});
  fs::remove(folder_ / "run/with_SN/seed-1/result.json");
  EXPECT_THAT(report_of({"run"}),
              AllOf(HasSubstr("<p class=\"notice\">with SN, seed 1: no result after 6 epochs"),
                    HasSubstr("4 runs, 3 finished")));
}

TEST_F(ReportCommand, ALaunchKilledInItsFirstRunIsListed) {
  train("comparison.json", "run");
  for (const char* name : {"results.json", "probe.csv", "with_SN/seed-0/result.json"}) {
    fs::remove(folder_ / "run" / name);
  }
  fs::remove_all(folder_ / "run/without_SN");
  EXPECT_THAT(report_of({"run"}),
              AllOf(HasSubstr("with_SN, seed 0: no result"), HasSubstr("1 run, 0 finished")));
}

TEST_F(ReportCommand, AFailedRunSaysWhy) {
  message_of(4, {"train", "tiny.json", "output.dir=run", "model.activation=identity",
                 "train.optimizer.learning_rate=1e12", "train.epochs=100", "evaluate.clip=false"});
  EXPECT_THAT(report_of({"run"}), HasSubstr("seed 0: failed at epoch "));
}

TEST_F(ReportCommand, NoRunEndsWith5) {
  fs::create_directory(folder_ / "empty");
  EXPECT_THAT(message_of(5, {"report", "empty"}), HasSubstr("holds no run"));
  EXPECT_THAT(message_of(5, {"report", "nowhere"}), HasSubstr("nowhere"));
  EXPECT_FALSE(fs::exists(folder_ / "empty/report.html"));
}

TEST_F(ReportCommand, DamagedFilesEndWith5AndAreNamed) {
  train("tiny.json", "run");
  write_file(folder_ / "run/seed-0/result.json", "{\"variant\": ");
  EXPECT_THAT(message_of(5, {"report", "run"}), HasSubstr("result.json"));
}

}  // namespace
}  // namespace lacuna::experiments
