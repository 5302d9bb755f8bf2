#include <fmt/format.h>

#include <cmath>
#include <map>

#include "experiments/run/launch.hpp"
#include "runtime/data/counts/read_counts.hpp"
#include "tests/experiments/comparable.hpp"
#include "tests/experiments/report/report_command.hpp"
#include "tests/experiments/test_scores.hpp"

namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr int cells = 24;
constexpr int genes = 15;

/// What gene g does in cell c; 0 in a third of all.
int count_of(int c, int g) {
  return (c * 7 + g * 5) % 3 == 0 ? 0 : 1 + (c * g + c + 2 * g) % 9;
}

/// The counts as R's write.table() leaves them, genes as rows.
std::string genes_by_cells() {
  std::string text;
  for (int c = 0; c < cells; ++c) text += fmt::format("{}cell{}", c == 0 ? "" : ",", c);
  for (int g = 0; g < genes; ++g) {
    text += fmt::format("\ngene{}", g);
    for (int c = 0; c < cells; ++c) text += fmt::format(",{}", count_of(c, g));
  }
  return text + '\n';
}

/// Trains in a fraction of a second; three steps an epoch.
constexpr const char* tiny_imputation = R"({
  "data": { "type": "counts", "path": "counts.csv", "rows": "genes", "test_share": 0.2,
            "validation_share": 0.1, "preprocess": [{ "type": "log2" }] },
  "model": { "type": "autoimpute", "hidden_units": 6 },
  "train": { "epochs": 6, "batch_size": 9,
             "optimizer": { "type": "rmsprop", "learning_rate": 0.01 }, "l2": { "lambda": 0.1 } },
  "evaluate": { "type": "imputation" }
})";

class Imputation : public ReportCommand {
 protected:
  Imputation() {
    write_file(folder_ / "counts.csv", genes_by_cells());
    write_file(folder_ / "impute.json", tiny_imputation);
  }

  Json json_of(const std::vector<std::string>& arguments) const {
    return config::parse_json(output_of(arguments), "output");
  }
  Json result_of(const std::string& run) const {
    return config::read_json(folder_ / run / "seed-0/result.json");
  }
  data::Counts counts_of(const std::string& file, data::CountRows rows) const {
    data::CountsSource source;
    source.path = (folder_ / file).string();
    source.rows = rows;
    return data::read_counts(source);
  }
};

TEST_F(Imputation, TrainPrintsItsErrorsBesideTheGenesMeans) {
  EXPECT_THAT(
      output_of({"train", "impute.json", "output.dir=run"}),
      AllOf(HasSubstr("test RMSE"), HasSubstr("MAE"), HasSubstr("NMSE"), HasSubstr("gene mean")));
  const Json test = result_of("run").at("test");
  EXPECT_GE(test.at("rmse").as_double(), test.at("mae").as_double());
  EXPECT_GT(test.at("nmse").as_double(), 0);
  EXPECT_EQ(test.at("hidden").as_int64(), 48) << "a fifth of 240";
  EXPECT_THAT(read_file(folder_ / "run/seed-0/genes.csv"), HasSubstr("index,name\n0,gene0\n"));
  EXPECT_THAT(read_file(folder_ / "run/seed-0/cells.csv"), HasSubstr("23,cell23\n"));
}

TEST_F(Imputation, BaselineAndScoresAreThoseOfTheExportedParts) {
  output_of({"data", "impute.json", "--export", "parts"});
  std::map<std::string, std::pair<double, int>> by_gene;
  const auto each = [&](const char* file, auto visit) {
    const auto lines = lines_of(read_file(folder_ / "parts" / file));
    EXPECT_EQ(lines.at(0), "cell,gene,value");
    for (std::size_t i = 1; i < lines.size(); ++i) {
      const std::size_t first = lines[i].find(','), last = lines[i].rfind(',');
      visit(lines[i].substr(first + 1, last - first - 1), std::stod(lines[i].substr(last + 1)));
    }
  };
  each("train.csv", [&](const std::string& gene, double value) {
    by_gene[gene].first += value;
    ++by_gene[gene].second;
  });
  double squared = 0, absolute = 0, size = 0, count = 0;
  each("test.csv", [&](const std::string& gene, double value) {
    const double error = by_gene.at(gene).first / by_gene.at(gene).second - value;
    squared += error * error;
    absolute += std::abs(error);
    size += value * value;
    ++count;
  });
  const Json trained = json_of({"train", "impute.json", "output.dir=run", "--json"});
  const Json mean = trained.at("baselines").at("gene mean");
  EXPECT_NEAR(mean.at("rmse").as_double(), std::sqrt(squared / count), 1e-5);
  EXPECT_NEAR(mean.at("mae").as_double(), absolute / count, 1e-5);
  EXPECT_NEAR(mean.at("nmse").as_double(), std::sqrt(squared / size), 1e-5);
}

TEST_F(Imputation, PredictFillsInWhatWasNotFound) {
  output_of({"train", "impute.json", "output.dir=run", "-q"});
  EXPECT_THAT(output_of({"predict", "run"}),
              AllOf(HasSubstr("240 values are known, 120 were imputed"), HasSubstr("--output")));
  for (const char* file : {"full.csv", "full.mtx", "full.npy"}) {
    EXPECT_THAT(output_of({"predict", "run", "--output", file}), HasSubstr("120 predictions"));
    const data::Counts full = counts_of(file, data::CountRows::genes);
    ASSERT_EQ(full.cells(), cells) << file;
    ASSERT_EQ(full.genes(), genes) << file;
    const data::CsrArrays& matrix = full.matrix;
    EXPECT_EQ(matrix.nnz(), cells * genes) << "no prediction is below 0 here";
    for (std::size_t e = 0; e < matrix.value.size(); ++e) {
      const auto c = static_cast<int>(e) / genes;
      const int known = experiments::count_of(c, matrix.col[e]);
      if (known == 0) continue;
      EXPECT_FLOAT_EQ(matrix.value[e], std::log2(1.F + static_cast<float>(known)));
    }
  }
  EXPECT_THAT(read_file(folder_ / "full.csv"), HasSubstr(",cell0,cell1,"));
  EXPECT_EQ(counts_of("full.csv", data::CountRows::genes).matrix.value,
            counts_of("full.npy", data::CountRows::genes).matrix.value);
  EXPECT_EQ(json_of({"predict", "run", "--json"}).at("imputed").as_int64(), 120);
  EXPECT_THAT(message_of(2, {"predict", "run", "--output", "full.json"}),
              HasSubstr(".mtx or .csv or .npy"));
}

TEST_F(Imputation, StoppedInTheMiddleOfAnEpochItLeavesTheSameFiles) {
  const auto plan = [&](const std::string& name) {
    return load_plan(folder_ / "impute.json", {"threads=1", "train.patience=0",
                                               "data.path=" + (folder_ / "counts.csv").string(),
                                               "output.dir=" + (folder_ / name).string()});
  };
  experiments::train(plan("whole"), {.quiet = true});
  int asked = 0;
  experiments::train(plan("run"), {.quiet = true, .stop = [&] { return ++asked == 8; }});
  EXPECT_TRUE(result_of("run").at("interrupted").as_bool());
  experiments::resume(folder_ / "run", {}, {.quiet = true});
  for (const char* file : {"weights.safetensors", "metrics.jsonl", "result.json"}) {
    EXPECT_EQ(comparable(folder_ / "run/seed-0" / file),
              comparable(folder_ / "whole/seed-0" / file))
        << file;
  }
}

TEST_F(Imputation, EvaluateFindsExactlyTheSameScores) {
  const Json trained = json_of({"train", "impute.json", "output.dir=run", "--json"});
  EXPECT_EQ(test_scores(json_of({"evaluate", "run", "--json"})), test_scores(trained));
}

TEST_F(Imputation, AThresholdEndsItWithoutAWarning) {
  const std::string said = output_of(
      {"train", "impute.json", "output.dir=run", "train.threshold=0.5", "train.epochs=400"});
  const Json result = result_of("run");
  EXPECT_LT(result.at("epochs").as_int64(), 400);
  EXPECT_EQ(result.at("best_epoch"), result.at("epochs"));
  EXPECT_THAT(said, Not(HasSubstr("was still getting better")));
}

TEST_F(Imputation, AThresholdAndTheScheduleThatWaitsForBetterScoresExcludeEachOther) {
  EXPECT_THAT(message_of(2, {"train", "impute.json", "train.threshold=0.5",
                             R"(train.schedule={"type": "plateau"})"}),
              HasSubstr("plateau"));
}

TEST_F(Imputation, NothingIsTestedWhereNothingIsHidden) {
  output_of({"train", "impute.json", "output.dir=run", "data.test_share=0", "-q"});
  EXPECT_TRUE(result_of("run").at("test").is_null());
  EXPECT_THAT(output_of({"predict", "run"}), HasSubstr("240 values are known"));
}

TEST_F(Imputation, ReportsShowWhatWasHidden) {
  output_of({"train", "impute.json", "output.dir=run", "-q"});
  EXPECT_THAT(report_of({"run"}),
              AllOf(HasSubstr("Errors on the hidden test values"), HasSubstr("training values")));
}

TEST_F(Imputation, AProbeTellsHowPredictionsMoveWithTheGenesFound) {
  const std::string said = output_of({"train", "impute.json", "output.dir=run",
                                      R"(evaluate.probe={"pairs": 8, "draws": 3, "levels": 4})"});
  EXPECT_THAT(said, HasSubstr("slope of the prediction per ln(known values): mean over 8 test"));
  const auto lines = lines_of(read_file(folder_ / "run/probe.csv"));
  EXPECT_EQ(lines.at(0), "variant,epoch,cell,gene,actual,known_values,prediction");
  EXPECT_THAT(lines.at(1), AllOf(HasSubstr(",cell"), HasSubstr(",gene")));
  EXPECT_THAT(report_of({"run"}), HasSubstr("Prediction against the number of known values"));
  EXPECT_EQ(config::read_json(folder_ / "run/results.json").at("probe").at("pairs").as_int64(), 8);
}

TEST_F(Imputation, WhatDoesNotFitIsNamed) {
  EXPECT_THAT(message_of(2, {"train", "impute.json", R"(evaluate={"type": "regression"})"}),
              HasSubstr("imputation"));
  EXPECT_THAT(message_of(2, {"train", "impute.json", "data.rows=null"}), HasSubstr("data.rows"));
  EXPECT_THAT(message_of(2, {"train", "impute.json", "data.hide={}"}), HasSubstr("test_share"));
  EXPECT_THAT(message_of(3, {"train", "impute.json", "data.path=absent"}), HasSubstr("data.path"));
  write_file(folder_ / "a.h5ad", "\x89HDF\r\n\x1a\n");
  EXPECT_THAT(message_of(3, {"train", "impute.json", "data.path=a.h5ad"}),
              HasSubstr("anndata.read_h5ad"));
  write_file(folder_ / "counts.csv", genes_by_cells() + "gene9,1\n");
  EXPECT_THAT(message_of(3, {"train", "impute.json"}), HasSubstr("counts.csv:17: 2 fields"));
}

}  // namespace
}  // namespace lacuna::experiments
