#include "runtime/data/tables/synthetic_table.hpp"
#include "tests/experiments/tasks/rows/row_program.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::HasSubstr;

/// A generated table with holes, whose best possible score is known. The numbers are linear in the
/// cells, and so are the classes' scores.
class Generated : public RowProgram, public ::testing::WithParamInterface<int> {
 protected:
  Generated() {
    write_file(folder_ / "generated.json",
               fmt::format(R"({{
      "data": {{ "type": "synthetic_table", "rows": 800, "columns": 4, "classes": {},
                "interactions": 0, "noise": 0.25, "missing_share": 0.2 }},
      "model": {{ "type": "mlp", "layers": [], "input": {{ "type": "mean_imputation" }} }},
      "train": {{ "epochs": 30, "batch_size": 64,
                 "optimizer": {{ "type": "adam", "learning_rate": 0.02 }} }},
      "evaluate": {{ "type": "{}" }}
    }})",
                           GetParam(), classes() ? "classification" : "regression"));
  }

  bool classes() const { return GetParam() > 0; }
  const char* score() const { return classes() ? "error_rate" : "rmse"; }
  data::TableGenerator generator() const {
    data::SyntheticTable source;
    source.rows = 800;
    source.columns = 4;
    source.classes = GetParam();
    source.interactions = 0;
    source.noise = 0.25;
    source.missing_share = 0.2;
    return data::TableGenerator(source);
  }
  static std::vector<std::int64_t> test_rows() { return data::split_rows(800, {0.2, 0.2, 0}).test; }
};

TEST_P(Generated, TheScoreIsNearTheKnownFloorAndEvaluateFindsItAgain) {
  const Json trained = json_of({"train", "generated.json", "output.dir=run", "--json"});
  const double floor = generator().truth(test_rows()).floor;
  const double found = test_scores(trained)[0].at(score()).as_double();
  EXPECT_GT(found, 0.8 * floor);
  EXPECT_LT(found, 1.3 * floor + 0.05);
  EXPECT_EQ(test_scores(json_of({"evaluate", "run", "--json"})), test_scores(trained));
}

TEST_P(Generated, RowsOfAFileArePredictedAsTheGeneratedOnesWere) {
  train("generated.json", "run");
  const data::DataSet all = generator().generate();
  const auto& input = std::get<data::DenseArray>(all.fields.at("input"));
  const auto& cells = std::get<std::vector<float>>(input.values);
  std::string text = "x4,x3,x2,x1\n";
  for (const std::int64_t r : test_rows()) {
    for (std::int64_t c = 3; c >= 0; --c) {
      if (input.observed(r, c))
        text += fmt::format("{}", cells[static_cast<std::size_t>(4 * r + c)]);
      text += c > 0 ? ',' : '\n';
    }
  }
  write_file(folder_ / "rows.csv", text);
  output_of({"predict", "run", "--rows", "rows.csv", "--output", "said.csv"});
  const ReadTable said = read_table(folder_ / "said.csv");
  ASSERT_EQ(said.rows.size(), test_rows().size());
  double sum = 0;
  for (std::size_t i = 0; i < said.rows.size(); ++i) {
    const auto r = static_cast<std::size_t>(test_rows()[i]);
    const double predicted = std::stod(said.rows[i][0]);
    if (classes()) {
      sum += std::get<data::Labels>(all.fields.at("target")).value[r] == predicted ? 0 : 1;
    } else {
      const auto& target = std::get<data::DenseArray>(all.fields.at("target"));
      sum += std::pow(
          predicted - static_cast<double>(std::get<std::vector<float>>(target.values)[r]), 2);
    }
  }
  const double mean = sum / static_cast<double>(said.rows.size());
  EXPECT_NEAR(result_of("run").at("test").at(score()).as_double(),
              classes() ? mean : std::sqrt(mean), 1e-5);
}

TEST_P(Generated, TheReportAndTheChecksKnowIt) {
  EXPECT_THAT(output_of({"validate", "generated.json"}), HasSubstr(": ok"));
  train("generated.json", "run");
  EXPECT_THAT(report_of({"run"}), HasSubstr("synthetic_table"));
}

INSTANTIATE_TEST_SUITE_P(Targets, Generated, ::testing::Values(0, 3),
                         [](const auto& test) { return test.param == 0 ? "Number" : "Classes"; });

}  // namespace
}  // namespace lacuna::experiments
