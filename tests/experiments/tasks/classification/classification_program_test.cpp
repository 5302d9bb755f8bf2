#include "experiments/tasks/classification/test_files.hpp"
#include "tests/experiments/comparable.hpp"
#include "tests/experiments/tasks/rows/row_program.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class ClassificationProgram : public RowProgram {};

std::vector<std::string> keys_of(const Json& json) {
  std::vector<std::string> keys;
  for (const Json::Member& member : json.as_object()) keys.push_back(member.key);
  return keys;
}

TEST_F(ClassificationProgram, TrainPrintsATableAndFillsTheRunsFolder) {
  EXPECT_THAT(output_of({"train", "classes.json", "output.dir=run"}),
              AllOf(HasSubstr("test accuracy"), HasSubstr("AUROC"), HasSubstr("AUPRC"),
                    HasSubstr("majority"), HasSubstr("logistic regression, L2 "),
                    HasSubstr("\nclasses  ")));
  const Json result = result_of("run");
  EXPECT_THAT(keys_of(result.at("test")),
              ElementsAre("accuracy", "error_rate", "auroc", "auprc", "nll", "rows"));
  EXPECT_EQ(result.at("test").at("rows").as_int64(), 24);
  EXPECT_GT(result.at("test").at("accuracy").as_double(), 0.7);
  EXPECT_EQ(result.at("protocol").at("choose_by").as_string(), "nll");
  EXPECT_GT(result.at("validation_nll").as_double(), 0);

  const auto lines = lines_of(read_file(folder_ / "run/seed-0/metrics.jsonl"));
  ASSERT_THAT(lines, SizeIs(12));
  EXPECT_THAT(keys_of(config::parse_json(lines[0], "metrics")),
              ElementsAre("epoch", "loss", "penalty", "train_nll", "validation_nll",
                          "validation_error_rate", "best", "rate", "seconds"));
  const Json data = config::read_json(folder_ / "run/seed-0/data.json");
  EXPECT_EQ(data.at("columns").as_int64(), 5) << "two numbers, three colours";
  EXPECT_EQ(data.at("train_rows").as_int64() + data.at("validation_rows").as_int64() + 24, 80);
  const Json schema = config::read_json(folder_ / "run/seed-0/schema.json");
  EXPECT_EQ(schema.at("target").at("levels").as_array().at(1).as_string(), odd_class);
}

TEST_F(ClassificationProgram, PredictSaysWhatEvaluationScored) {
  train("classes.json", "run");
  const std::vector<TableLine> test = test_lines();
  const ReadTable said = predict("run", test);
  EXPECT_THAT(said.header, ElementsAre("prediction", "probability of no",
                                       std::string("probability of ") + odd_class));
  ASSERT_THAT(said.rows, SizeIs(test.size()));
  double total = 0, right = 0, nll = 0, unweighted = 0;
  for (std::size_t r = 0; r < test.size(); ++r) {
    const double no = std::stod(said.rows[r][1]), yes = std::stod(said.rows[r][2]);
    EXPECT_NEAR(no + yes, 1, 1e-6);
    EXPECT_EQ(said.rows[r][0], no >= yes ? "no" : odd_class);
    const bool hit = said.rows[r][0] == test[r].kind;
    total += test[r].weight;
    right += hit ? test[r].weight : 0;
    unweighted += hit ? 1 : 0;
    nll -= test[r].weight * std::log(test[r].kind == "no" ? no : yes);
  }
  const Json scores = result_of("run").at("test");
  EXPECT_NEAR(scores.at("accuracy").as_double(), right / total, 1e-9);
  EXPECT_NEAR(scores.at("error_rate").as_double(), 1 - right / total, 1e-9);
  EXPECT_NEAR(scores.at("nll").as_double(), nll / total, 1e-6);
  EXPECT_GT(std::abs(right / total - unweighted / 24), 1e-3) << "the weights tell";

  const Confusion confusion = read_confusion(folder_ / "run/seed-0/confusion.csv");
  EXPECT_THAT(confusion.classes, ElementsAre("no", odd_class));
  EXPECT_EQ(confusion.matrix.count(0, 0) + confusion.matrix.count(1, 1),
            static_cast<std::int64_t>(unweighted));
  EXPECT_THAT(read_roc(folder_ / "run/seed-0/roc.csv"), SizeIs(1));
}

TEST_F(ClassificationProgram, PredictionsAreJsonAndATableToo) {
  train("classes.json", "run");
  write_file(folder_ / "rows.csv", "note,colour,age,size\nx,red,30,2\ny,,,\n");
  const Json printed = json_of({"predict", "run", "--rows", "rows.csv", "--json"});
  const Json& first = printed.at("predictions").as_array().at(0);
  EXPECT_THAT(printed.at("predictions").as_array(), SizeIs(2));
  EXPECT_EQ(first.at("prediction").as_string(), odd_class);
  EXPECT_THAT(keys_of(first.at("probabilities")), ElementsAre("no", odd_class));
  EXPECT_THAT(output_of({"predict", "run", "--rows", "rows.csv"}),
              AllOf(HasSubstr("p(no)"), HasSubstr(std::string(odd_class) + "    1  0.")));
}

TEST_F(ClassificationProgram, EvaluateFindsExactlyTheSameScores) {
  const Json trained = json_of({"train", "classes.json", "output.dir=run", "seeds=2", "--json"});
  const Json evaluated = json_of({"evaluate", "run", "--json"});
  EXPECT_EQ(test_scores(evaluated), test_scores(trained));
  EXPECT_EQ(evaluated.at("baselines"), trained.at("baselines"));
  EXPECT_NE(test_scores(trained)[0], test_scores(trained)[1]);
}

TEST_F(ClassificationProgram, ResumeGoesOnAsIfItHadNotStopped) {
  train("classes.json", "whole");
  train("classes.json", "run", {"train.epochs=5"});
  output_of({"resume", "run", "train.epochs=12", "-q"});
  for (const char* file : {"weights.safetensors", "metrics.jsonl", "confusion.csv", "roc.csv"}) {
    EXPECT_EQ(comparable(folder_ / "run/seed-0" / file),
              comparable(folder_ / "whole/seed-0" / file))
        << file;
  }
  EXPECT_EQ(result_of("run").at("test"), result_of("whole").at("test"));
  EXPECT_EQ(result_of("run").at("looks_at_test").as_int64(), 2);
}

TEST_F(ClassificationProgram, ASweepTakesTheGreatestOfAScoreThatShouldBe) {
  output_of({"sweep", "classes.json", "output.dir=run", "evaluate.choose_by=auroc", "-q",
             R"(sweep={"grid": {"train.optimizer.learning_rate": [1e-9, 0.05]}})"});
  EXPECT_EQ(lines_of(read_file(folder_ / "run/sweep.csv")).at(0),
            "phase,variant,seed,train.optimizer.learning_rate,validation_auroc,best_epoch,"
            "test_accuracy,test_auroc,test_auprc,test_nll,seconds,failure");
  const Json searched = config::read_json(folder_ / "run/search/results.json");
  const auto score = [&](std::size_t run) {
    return searched.at("runs").as_array().at(run).at("validation_auroc").as_double();
  };
  EXPECT_GT(score(1), score(0));
  const Json choices = config::read_json(folder_ / "run/choice.json");
  EXPECT_EQ(choices.at("choices").as_array().at(0).at("validation_auroc").as_double(), score(1));
}

TEST_F(ClassificationProgram, TheReportShowsConfusionAndRoc) {
  train("classes.json", "run");
  const std::string html = report_of({"run"});
  const std::string name = "say &quot;yes&quot;, &lt;b&gt;";
  EXPECT_THAT(html, AllOf(HasSubstr("<h2>Classes of the test rows</h2>"),
                          HasSubstr("<th scope=\"row\">" + name + "</th>"),
                          HasSubstr("<th scope=\"col\">" + name + "</th>"),
                          HasSubstr("<th scope=\"row\">majority</th>"),
                          HasSubstr("<th scope=\"row\">training rows</th>")));
  const Confusion confusion = read_confusion(folder_ / "run/seed-0/confusion.csv");
  EXPECT_THAT(html,
              HasSubstr(fmt::format("<th scope=\"row\">no</th><td>{}</td><td>{}</td>",
                                    confusion.matrix.count(0, 0), confusion.matrix.count(0, 1))));
  if (!gnuplot_is_there()) GTEST_SKIP() << "no gnuplot";
  EXPECT_THAT(html, AllOf(HasSubstr("aria-label=\"Chart: ROC."), HasSubstr(name + "</li>")));
}

}  // namespace
}  // namespace lacuna::experiments
