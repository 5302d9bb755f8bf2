#pragma once

#include <fmt/format.h>

#include "tests/experiments/program_test.hpp"

namespace lacuna::experiments {

/// Sixty rows of two numbers and a category, of which some are missing, and a number to predict.
inline std::string small_table() {
  constexpr std::array colours{"red", "green", "blue"};
  std::string csv = "size,age,colour,y\n";
  for (int i = 0; i < 60; ++i) {
    const double size = 0.1 * (i * 37 % 61), age = i * 11 % 17;
    csv += i % 7 == 3 ? "" : fmt::format("{:.1f}", size);
    csv += i % 5 == 1 ? ",NA," : fmt::format(",{},", age);
    csv += i % 9 == 4 ? "?" : colours.at(static_cast<std::size_t>(i % 3));
    csv += fmt::format(",{:.3f}\n", size - 0.2 * age + 0.5 * (i % 3) + 0.01 * (i % 11));
  }
  return csv;
}

/// Trains in a fraction of a second: mini-batches, missing cells, dropout and an optimiser that
/// remembers. "table.csv" is to be replaced by a path where the folder is not the working one.
inline constexpr const char* tiny_table_experiment = R"({
  "data": { "type": "table", "path": "table.csv", "target": "y" },
  "model": {
    "type": "mlp", "input": { "type": "sparsity_normalization" },
    "layers": [{ "units": 6, "activation": "relu", "dropout": 0.2 },
               { "units": 4, "activation": "tanh" }]
  },
  "train": { "epochs": 6, "batch_size": 8, "optimizer": { "type": "adam", "learning_rate": 0.05 } },
  "evaluate": { "type": "regression" }
})";

/// ProgramTest with the experiment on that table as table.json.
class TableTest : public ProgramTest {
 protected:
  TableTest() {
    write_file(folder_ / "table.csv", small_table());
    std::string text = tiny_table_experiment;
    text.replace(text.find("table.csv"), 9, (folder_ / "table.csv").string());
    write_file(folder_ / "table.json", text);
  }
};

/// What both kinds of rows are tested by: the file of an experiment.
inline const auto tiny_experiments = ::testing::Values("tiny.json", "table.json");
inline std::string kind_of_rows(const ::testing::TestParamInfo<const char*>& experiment) {
  return std::string_view(experiment.param) == "table.json" ? "Table" : "Ratings";
}

}  // namespace lacuna::experiments
