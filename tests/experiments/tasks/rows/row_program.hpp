#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "runtime/data/split_rows.hpp"
#include "runtime/data/tables/table_rows.hpp"
#include "tests/experiments/report/report_command.hpp"
#include "tests/experiments/test_scores.hpp"

namespace lacuna::experiments {

/// A row of the table below.
struct TableLine {
  std::string inputs;  ///< the fields size, age and colour, some of them missing
  std::string kind;    ///< its class, as the program names it
  double price = 0;
  double weight = 1;
};

/// A name that CSV has to quote and HTML to escape.
inline constexpr const char* odd_class = "say \"yes\", <b>";

/// 80 rows whose class and price depend on all inputs.
inline std::vector<TableLine> small_table() {
  std::vector<TableLine> lines;
  for (int i = 0; i < 80; ++i) {
    const double size = (i * 37 % 80) / 10.0 - 4;
    const int age = 20 + i * 23 % 50;
    const bool red = i % 3 == 0;
    const std::string colour = red ? "red" : i % 3 == 1 ? "blue" : "\"dark, green\"";
    const double score = size + (red ? 1.5 : 0) + (age - 45) / 25.0 + i % 4 - 1.5;
    lines.push_back(
        {fmt::format("{},{},{}", i % 7 == 3 ? "" : fmt::format("{}", size),
                     i % 11 == 5 ? "NA" : std::to_string(age), i % 13 == 6 ? "?" : colour),
         score > 0 ? odd_class : "no", 100.25 + 10 * score, static_cast<double>(i % 5)});
  }
  return lines;
}

/// Columns size, age, colour, kind, price and w.
inline std::string csv_of(const std::vector<TableLine>& lines) {
  std::string text = "size,age,colour,kind,price,w\n";
  for (const TableLine& line : lines) {
    const std::string kind = line.kind == odd_class ? R"("say ""yes"", <b>")" : line.kind;
    text += fmt::format("{},{},{},{}\n", line.inputs, kind, line.price, line.weight);
  }
  return text;
}

/// A table with rows as text.
struct ReadTable {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};
inline ReadTable read_table(const std::filesystem::path& path) {
  ReadTable table;
  data::for_each_row(
      {.path = path.string()},
      [&](const data::TableHeader& header) { table.header = header.names(); },
      [&](const data::TableRow& row) {
        auto& texts = table.rows.emplace_back();
        for (const std::string_view field : row.fields) texts.push_back(data::to_text(field, true));
      });
  return table;
}

/// Experiments that train on table.csv in a fraction of a second: classes.json and numbers.json.
class RowProgram : public ReportCommand {
 protected:
  RowProgram() {
    write_file(folder_ / "table.csv", csv_of(lines_));
    write_file(folder_ / "classes.json", experiment("kind", "price", "classification"));
    write_file(folder_ / "numbers.json", experiment("price", "kind", "regression"));
  }

  static std::string experiment(const char* target, const char* other, const char* task) {
    return fmt::format(R"({{
      "data": {{ "type": "table", "path": "table.csv", "target": "{}", "ignore": ["{}"],
                "weight": "w", "test_share": 0.3, "validation_share": 0.25 }},
      "model": {{ "type": "mlp", "layers": [ {{ "units": 6, "activation": "tanh" }} ],
                 "input": {{ "type": "sparsity_normalization" }} }},
      "train": {{ "epochs": 12, "batch_size": 16,
                 "optimizer": {{ "type": "adam", "learning_rate": 0.05 }} }},
      "evaluate": {{ "type": "{}" }}
    }})",
                       target, other, task);
  }

  data::RowParts parts() const {
    return data::split_rows(static_cast<std::int64_t>(lines_.size()), {0.3, 0.25, 0});
  }
  std::vector<TableLine> test_lines() const {
    std::vector<TableLine> test;
    for (const std::int64_t r : parts().test) test.push_back(lines_[static_cast<std::size_t>(r)]);
    return test;
  }

  /// What a run predicts of the inputs of `lines`.
  ReadTable predict(const std::string& run, const std::vector<TableLine>& lines) const {
    std::string text = "size,age,colour\n";
    for (const TableLine& line : lines) text += line.inputs + "\n";
    write_file(folder_ / "rows.csv", text);
    EXPECT_EQ(output_of({"predict", run, "--rows", "rows.csv", "--output", "said.csv"}),
              fmt::format("{} predictions: said.csv\n", lines.size()));
    return read_table(folder_ / "said.csv");
  }

  Json result_of(const std::string& run) const {
    return config::read_json(folder_ / run / "seed-0/result.json");
  }
  Json json_of(const std::vector<std::string>& arguments) const {
    return config::parse_json(output_of(arguments), "output");
  }

  std::vector<TableLine> lines_ = small_table();
};

}  // namespace lacuna::experiments
