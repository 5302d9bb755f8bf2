#include "experiments/tasks/rows/describe_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

#include "experiments/tasks/rows/row_data.hpp"
#include "runtime/metrics/table.hpp"

namespace lacuna::experiments {
namespace {

double observed_cells(const data::DenseArray& input) {
  if (input.mask.empty()) return static_cast<double>(input.rows * input.columns());
  std::int64_t bits = 0;
  for (const std::uint8_t byte : input.mask) bits += std::popcount(byte);
  return static_cast<double>(bits);
}

}  // namespace

std::vector<std::int64_t> non_zeros_of(const data::DenseArray& input) {
  std::vector<float> row(static_cast<std::size_t>(input.columns()));
  std::vector<std::int64_t> counts;
  for (std::int64_t r = 0; r < input.rows; ++r) {
    input.put_row(r, row);
    counts.push_back(std::ranges::count_if(row, [](float x) { return x != 0; }));
  }
  return counts;
}

std::string describe_parts(const data::SplitData& split) {
  metrics::Table table({"part", "rows", "columns", "non-zeros", "missing cells"});
  const auto add = [&](std::string name, const data::DataSet& part) {
    const data::DenseArray& input = inputs_of(part);
    const auto cells = static_cast<double>(input.rows * input.columns());
    const std::vector<std::int64_t> counts = non_zeros_of(input);
    const double non_zeros = std::accumulate(counts.begin(), counts.end(), 0.0);
    table.add_row({std::move(name), std::to_string(input.rows), std::to_string(input.columns()),
                   fmt::format("{:.2f} %", 100 * non_zeros / cells),
                   fmt::format("{:.2f} %", 100 * (1 - observed_cells(input) / cells))});
  };
  add("training", split.train);
  add("validation", split.validation);
  add("test", split.test);
  return table.text();
}

}  // namespace lacuna::experiments
