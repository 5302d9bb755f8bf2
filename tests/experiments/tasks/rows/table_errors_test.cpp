#include "tests/experiments/tasks/rows/row_program.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class TableErrors : public RowProgram {
 protected:
  std::string predict_message(int exit_code, std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"predict", "run"});
    return message_of(exit_code, arguments);
  }
  std::string rows_message(const std::string& rows) const {
    write_file(folder_ / "rows.csv", rows);
    return predict_message(3, {"--rows", "rows.csv"});
  }
};

TEST_F(TableErrors, PredictRefusesOptionsOfOtherTasks) {
  train("classes.json", "run");
  const std::vector<std::vector<std::string>> foreign{
      {"--top", "3"}, {"--user", "4"}, {"--pairs", "p.csv"}, {"--ratings", "r.csv"}};
  for (std::vector<std::string> option : foreign) {
    const std::string name = option[0];
    option.insert(option.end(), {"--rows", "table.csv"});
    EXPECT_THAT(
        predict_message(2, option),
        AllOf(HasSubstr(name + ": "), HasSubstr("classification"), HasSubstr("it takes --rows")));
  }
  EXPECT_THAT(predict_message(2, {}), HasSubstr("--rows FILE"));

  train("tiny.json", "ratings");
  EXPECT_THAT(message_of(2, {"predict", "ratings", "--rows", "table.csv"}),
              AllOf(HasSubstr("--rows: "), HasSubstr("rating_prediction"), HasSubstr("--pairs")));
}

TEST_F(TableErrors, PredictNamesWhatRowsLack) {
  train("numbers.json", "run");
  EXPECT_THAT(rows_message("size,colour\n1,red\n"),
              AllOf(HasSubstr("rows.csv:1: no column 'age'"), HasSubstr("an input of the model")));
  EXPECT_THAT(rows_message("size,age,color\n1,2,red\n"), HasSubstr("did you mean 'color'?"));
  EXPECT_THAT(rows_message("size,age,colour\n1,2,red\n1,2,green\n"),
              AllOf(HasSubstr("rows.csv:3: column 'colour': unknown level 'green'")));
  EXPECT_THAT(rows_message("size,age,colour\n1,old,red\n"),
              HasSubstr("rows.csv:2: column 'age': 'old' is not a finite number"));
  EXPECT_THAT(rows_message("size,age,colour\n"), HasSubstr("rows.csv holds no rows"));
  EXPECT_THAT(predict_message(3, {"--rows", "none.csv"}), HasSubstr("none.csv"));
}

TEST_F(TableErrors, PredictLooksAtInputsOnly) {
  train("classes.json", "run");
  const std::vector<TableLine> one{lines_[0]};
  const ReadTable expected = predict("run", one);
  write_file(folder_ / "rows.csv",
             "w,kind,more,size,age,colour\n-1,perhaps,x," + one[0].inputs + "\n");
  output_of({"predict", "run", "--rows", "rows.csv", "--output", "said.csv"});
  EXPECT_EQ(read_table(folder_ / "said.csv").rows, expected.rows);
}

TEST_F(TableErrors, ATableThatChangedIsRefused) {
  train("classes.json", "run");
  lines_[5].price += 1;
  write_file(folder_ / "other.csv", csv_of(lines_));
  EXPECT_THAT(message_of(3, {"evaluate", "run", "--data", "other.csv"}),
              AllOf(HasSubstr("not the rows that"), HasSubstr("run/seed-0")));
}

/// A linear model learns in closed form what one epoch of tiny steps does not.
TEST_F(TableErrors, ARunThatTheLinearModelBeatsSaysSo) {
  for (const auto& [file, model] : {std::pair("classes.json", "logistic regression, L2 "),
                                    std::pair("numbers.json", "ridge regression, L2 ")}) {
    EXPECT_THAT(
        output_of({"train", file, "train.epochs=1", "train.optimizer.learning_rate=1e-6", "-q"}),
        HasSubstr(std::string("seed 0: warning: on validation rows the ") + model));
  }
}

/// A change of classes.json, the exit code it ends with, and what the message must say.
struct Misfit {
  const char* name;
  std::string change;
  int exit_code;
  std::vector<std::string> says;

  friend void PrintTo(const Misfit& misfit, std::ostream* out) { *out << misfit.name; }
};

class Misfits : public RowProgram, public ::testing::WithParamInterface<Misfit> {};

TEST_P(Misfits, NameTheKeyAndWhatWouldDo) {
  const Misfit& misfit = GetParam();
  // What needs no data is found without them.
  std::vector<std::string> arguments{misfit.exit_code == 2 ? "validate" : "train", "classes.json",
                                     misfit.change};
  const std::string message = message_of(misfit.exit_code, arguments);
  for (const std::string& part : misfit.says) EXPECT_THAT(message, HasSubstr(part));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "runs"));
}

INSTANTIATE_TEST_SUITE_P(
    Tables, Misfits,
    ::testing::Values(
        Misfit{"SparseModel",
               R"(model={"type": "autorec"})",
               2,
               {"model.type 'autorec' takes sparse rows", "data.type 'table'", "model.type 'mlp'"}},
        Misfit{"DenseModelOnSparseRows",
               R"(data={"type": "synthetic", "users": 60, "items": 40, "ratings": 800})",
               2,
               {"evaluate.type 'classification' does not take data.type 'synthetic'", "'table'",
                "evaluate.type 'rating_prediction'"}},
        Misfit{"OtherTask",
               R"(evaluate={"type": "rating_prediction"})",
               2,
               {"evaluate.type 'rating_prediction' does not take data.type 'table'",
                "'classification'", "'regression'"}},
        Misfit{"MeanCountOfAHiddenLayer",
               R"(model.layers=[{"normalize": {"k": "mean_count"}}])",
               2,
               {"model.layers: normalize.k: mean_count", "hidden_units"}},
        Misfit{"WeightIsTheTarget", "data.weight=kind", 2, {"weight must not be the target"}},
        Misfit{"UnknownTarget", "data.target=kinds", 3, {"table.csv:1", "data.target", "'kind'"}},
        Misfit{"NumbersAsClasses",
               R"(data={"type": "table", "path": "table.csv", "target": "price"})",
               3,
               {"the target 'price' is a number", "evaluate.type to regression"}},
        Misfit{"ClassesAsNumbers",
               R"(evaluate={"type": "regression"})",
               3,
               {"the target 'kind' is a class", "evaluate.type to classification"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST_F(TableErrors, DenseModelsDoNotTakeRatings) {
  EXPECT_THAT(message_of(2, {"validate", "tiny.json", R"(model={"type": "mlp"})"}),
              AllOf(HasSubstr("model.type 'mlp' takes dense rows"), HasSubstr("'autorec'")));
}

TEST_F(TableErrors, TheSchemaKnowsTheTasks) {
  const std::string keys = output_of({"schema", "--text"});
  const std::string schema = config::dump(json_of({"schema"}));
  for (const char* word : {"classification", "regression", "synthetic_table", "choose_by",
                           "missing_target", "class_weights"}) {
    EXPECT_THAT(keys, HasSubstr(word));
    EXPECT_THAT(schema, HasSubstr(word));
  }
  output_of({"validate", "classes.json", "evaluate.choose_by=auroc"});
  EXPECT_THAT(message_of(2, {"validate", "classes.json", "evaluate.choose_by=auprx"}),
              HasSubstr("'auprc'"));
}

}  // namespace
}  // namespace lacuna::experiments
