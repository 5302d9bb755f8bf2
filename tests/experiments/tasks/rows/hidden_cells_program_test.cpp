#include <fmt/format.h>

#include "runtime/data/images/npy_file.hpp"
#include "tests/experiments/table_experiment.hpp"

/// data.hide, from the experiment's file to what is trained, tested and predicted.
namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr const char* mnar =
    R"(data.hide={"mechanism": "mnar", "train_rate": 0.3, "test_rate": 0.6, "depends": 2})";

class HiddenCellsProgram : public TableTest {
 protected:
  Json test_of(const std::string& run) const {
    return config::read_json(folder_ / run / "seed-0/result.json").at("test");
  }
};

TEST_F(HiddenCellsProgram, EvaluationHidesTheSameCells) {
  output_of({"train", "table.json", "output.dir=run", "-q", mnar});
  const Json again = config::parse_json(output_of({"evaluate", "run", "--json"}), "output");
  EXPECT_EQ(again.at("runs").as_array().at(0).at("test"), test_of("run"));
  output_of({"train", "table.json", "output.dir=threads", "-q", "threads=1", mnar});
  EXPECT_EQ(test_of("threads"), test_of("run"));
  output_of({"train", "table.json", "output.dir=complete", "-q"});
  EXPECT_NE(test_of("complete"), test_of("run"));
  output_of({"train", "table.json", "output.dir=seed", "-q", mnar, "data.hide.seed=1"});
  EXPECT_NE(test_of("seed"), test_of("run"));
}

TEST_F(HiddenCellsProgram, PredictTakesRowsAsTheyAre) {
  output_of({"train", "table.json", "output.dir=run", "-q", mnar});
  const auto said = [&](const std::string& rows) {
    write_file(folder_ / "rows.csv", "size,age,colour\n" + rows);
    return output_of({"predict", "run", "--rows", "rows.csv"});
  };
  std::string complete;
  for (int i = 0; i < 5; ++i) complete += "1.5,3,red\n";
  const std::vector<std::string> lines = lines_of(said(complete));
  const std::string last = lines.back().substr(lines.back().find_last_of(" ,"));
  EXPECT_TRUE(lines[lines.size() - 2].ends_with(last)) << "the same rows have the same cells";
}

TEST_F(HiddenCellsProgram, TheDataCommandSaysHowManyCellsAreMissing) {
  const std::string half = R"(data.hide={"train_rate": 0, "test_rate": 0.9})";
  const std::string text = output_of({"data", "table.json", half});
  EXPECT_THAT(text,
              AllOf(HasSubstr("training"), HasSubstr("non-zeros"), HasSubstr("missing cells")));
  double missing = 0;
  for (const std::string& line : lines_of(text)) {
    if (line.starts_with("test ")) {
      const std::string cut = line.substr(0, line.rfind(" %"));
      missing = std::stod(cut.substr(cut.rfind(' ')));
    }
  }
  EXPECT_GT(missing, 75);
}

TEST_F(HiddenCellsProgram, WhatWillNotDoIsSaid) {
  EXPECT_THAT(message_of(2, {"train", "table.json", "-q",
                             R"(data.hide={"mechanism": "mar", "train_rate": 0.3})"}),
              HasSubstr("mar needs a column of numbers"));
  EXPECT_THAT(message_of(2, {"train", "table.json", "-q",
                             R"(data.hide={"mechanism": "mar", "train_rate": 0.3,
                                           "column": "colour"})"}),
              HasSubstr("'colour' is a category"));
  EXPECT_THAT(message_of(2, {"train", "table.json", "-q",
                             R"(data.hide={"train_rate": 0.3, "column": "age"})"}),
              HasSubstr("column is for mechanism 'mar' only"));
  EXPECT_THAT(message_of(2, {"train", "table.json", "-q", R"(data.hide={"rate": 0.3})"}),
              HasSubstr("train_rate"));
  EXPECT_THAT(message_of(2, {"train", "tiny.json", "-q",
                             R"(data={"type": "csv", "path": "x", "hide": {"train_rate": 0.1}})"}),
              AllOf(HasSubstr("data.hide"), HasSubstr("test_share")));
}

TEST_F(HiddenCellsProgram, ImagesLoseCellsUnderEveryInput) {
  std::vector<float> values;
  std::vector<float> classes;
  for (int r = 0; r < 80; ++r) {
    classes.push_back(static_cast<float>(r % 2));
    for (int p = 0; p < 12; ++p) values.push_back(static_cast<float>((r % 2 * 5 + p * r) % 7) / 7);
  }
  write_file(folder_ / "x.npy", data::npy_bytes(std::array<std::int64_t, 3>{80, 3, 4}, values));
  write_file(folder_ / "y.npy", data::npy_bytes(std::array<std::int64_t, 1>{80}, classes));
  int runs = 0;
  for (const std::string input : {"zero_imputation", "mean_imputation", "indicators",
                                  "constant_scale", "sparsity_normalization"}) {
    for (const std::string rates : {R"("train_rate": 0.5)", R"("train_rate": 0, "test_rate": 0.5)",
                                    R"("train_rate": 0.5, "test_rate": 0)"}) {
      const std::string run = input + std::to_string(runs++);
      write_file(folder_ / "images.json", fmt::format(R"({{
          "data": {{ "type": "npy", "path": "x.npy", "labels": "y.npy", "hide": {{ {} }} }},
          "model": {{ "type": "mlp", "input": {{ "type": "{}" }}, "layers": [{{ "units": 4 }}] }},
          "train": {{ "epochs": 2, "batch_size": 16 }},
          "evaluate": {{ "type": "classification" }} }})",
                                                      rates, input));
      output_of({"train", "images.json", "-q", "output.dir=" + run});
      EXPECT_THAT(output_of({"evaluate", run}), HasSubstr("test accuracy"));
    }
  }
}

}  // namespace
}  // namespace lacuna::experiments
