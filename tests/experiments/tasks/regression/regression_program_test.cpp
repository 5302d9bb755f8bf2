#include "tests/experiments/comparable.hpp"
#include "tests/experiments/tasks/rows/row_program.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class Regression : public RowProgram {};

TEST_F(Regression, TrainPrintsATableAndKeepsScores) {
  EXPECT_THAT(output_of({"train", "numbers.json", "output.dir=run"}),
              AllOf(HasSubstr("test RMSE"), HasSubstr("MAE"), HasSubstr("training mean"),
                    HasSubstr("ridge regression, L2 "), HasSubstr("\nnumbers  ")));
  const Json result = result_of("run");
  const Json& test = result.at("test");
  EXPECT_THAT(config::dump(test, 0), AllOf(HasSubstr("{\"rmse\": "), HasSubstr("\"rows\": 24}")));
  EXPECT_GE(test.at("rmse").as_double(), test.at("mae").as_double());
  const auto lines = lines_of(read_file(folder_ / "run/seed-0/metrics.jsonl"));
  ASSERT_THAT(lines, SizeIs(12));
  EXPECT_THAT(lines[0], AllOf(HasSubstr("\"train_rmse\": "), HasSubstr("\"validation_rmse\": "),
                              HasSubstr("\"validation_mae\": ")));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "run/seed-0/confusion.csv"));
}

TEST_F(Regression, PredictSaysWhatEvaluationScoredInTheTargetsUnit) {
  train("numbers.json", "run");
  const std::vector<TableLine> test = test_lines();
  const ReadTable said = predict("run", test);
  EXPECT_THAT(said.header, ElementsAre("prediction"));
  ASSERT_THAT(said.rows, SizeIs(test.size()));
  double total = 0, squared = 0, absolute = 0, unweighted = 0;
  for (std::size_t r = 0; r < test.size(); ++r) {
    const double error = std::stod(said.rows[r][0]) - test[r].price;
    total += test[r].weight;
    squared += test[r].weight * error * error;
    absolute += test[r].weight * std::abs(error);
    unweighted += error * error;
  }
  const Json scores = result_of("run").at("test");
  const double rmse = std::sqrt(squared / total);
  EXPECT_NEAR(scores.at("rmse").as_double(), rmse, 1e-4 * rmse);
  EXPECT_NEAR(scores.at("mae").as_double(), absolute / total, 1e-4 * rmse);
  EXPECT_GT(std::abs(rmse - std::sqrt(unweighted / 24)), 0.01 * rmse) << "the weights tell";

  const Json printed = json_of({"predict", "run", "--rows", "rows.csv", "--json"});
  EXPECT_NEAR(printed.at("predictions").as_array().at(0).at("prediction").as_double(),
              std::stod(said.rows[0][0]), 1e-4);
  EXPECT_THAT(output_of({"predict", "run", "--rows", "rows.csv"}), HasSubstr("row  prediction\n"));
}

// The weights stay what they were, near 0: all parts are predicted about as well.
TEST_F(Regression, TrainingScoresAreInTheTargetsUnitToo) {
  train("numbers.json", "run", {"train.epochs=1", "train.optimizer.learning_rate=1e-9"});
  const Json epoch = config::parse_json(
      lines_of(read_file(folder_ / "run/seed-0/metrics.jsonl")).at(0), "metrics");
  const double training = epoch.at("train_rmse").as_double();
  EXPECT_NEAR(training / epoch.at("validation_rmse").as_double(), 1, 0.5);
  const Json schema = config::read_json(folder_ / "run/seed-0/schema.json");
  const double scale = schema.at("target_scaling").at("scale").as_array().at(0).as_double();
  EXPECT_NEAR(training, scale * std::sqrt(epoch.at("loss").as_double()), 1e-9 * scale);
}

TEST_F(Regression, EvaluateFindsExactlyTheSameScores) {
  const Json trained = json_of({"train", "numbers.json", "output.dir=run", "--json"});
  const Json evaluated = json_of({"evaluate", "run", "--json"});
  EXPECT_EQ(test_scores(evaluated), test_scores(trained));
  EXPECT_EQ(evaluated.at("baselines"), trained.at("baselines"));
}

TEST_F(Regression, TheTrainingMeanIsByWeight) {
  const Json trained = json_of({"train", "numbers.json", "output.dir=run", "--json"});
  double total = 0, sum = 0, squared = 0, test_total = 0;
  for (const std::int64_t r : parts().train) {
    const TableLine& line = lines_[static_cast<std::size_t>(r)];
    total += line.weight;
    sum += line.weight * line.price;
  }
  for (const TableLine& line : test_lines()) {
    test_total += line.weight;
    squared += line.weight * std::pow(line.price - sum / total, 2);
  }
  EXPECT_NEAR(trained.at("baselines").at("training mean").at("rmse").as_double(),
              std::sqrt(squared / test_total), 1e-3);
}

TEST_F(Regression, ResumeGoesOnAsIfItHadNotStopped) {
  train("numbers.json", "whole");
  train("numbers.json", "run", {"train.epochs=5"});
  output_of({"resume", "run", "train.epochs=12", "-q"});
  for (const char* file : {"weights.safetensors", "metrics.jsonl"}) {
    EXPECT_EQ(comparable(folder_ / "run/seed-0" / file),
              comparable(folder_ / "whole/seed-0" / file))
        << file;
  }
  EXPECT_EQ(result_of("run").at("test"), result_of("whole").at("test"));
}

TEST_F(Regression, ASweepChoosesByRmse) {
  output_of({"sweep", "numbers.json", "output.dir=run", "-q",
             R"(sweep={"grid": {"model.input_dropout": [0, 0.2]}})"});
  EXPECT_EQ(lines_of(read_file(folder_ / "run/sweep.csv")).at(0),
            "phase,variant,seed,model.input_dropout,validation_rmse,best_epoch,test_rmse,test_mae,"
            "seconds,failure");
}

TEST_F(Regression, ReportsOfSeveralTasksKeepThemApart) {
  train("numbers.json", "numbers");
  const std::string one = report_of({"numbers"});
  EXPECT_THAT(one, AllOf(HasSubstr("Errors on the test rows"), Not(HasSubstr("Task: ")),
                         Not(HasSubstr("Classes of the test rows"))));
  train("classes.json", "classes");
  train("tiny.json", "ratings");
  const std::string all = report_of({"numbers", "classes", "ratings", "--output", "all.html"});
  const std::size_t regression = all.find("<h1>Task: regression</h1>");
  const std::size_t classification = all.find("<h1>Task: classification</h1>");
  ASSERT_NE(classification, std::string::npos);
  EXPECT_LT(regression, classification);
  EXPECT_EQ(count(all, "<h1>Task: rating_prediction</h1>"), 1u);
  EXPECT_GT(all.find("Classes of the test rows"), classification);
  EXPECT_THAT(all, AllOf(HasSubstr("3 variants, 3 runs, 3 finished"),
                         Not(HasSubstr("numbers \u2212 classes"))));
}

}  // namespace
}  // namespace lacuna::experiments
