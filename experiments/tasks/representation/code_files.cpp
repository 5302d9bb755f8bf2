#include "experiments/tasks/representation/code_files.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/tasks/rows/row_data.hpp"

namespace lacuna::experiments {

namespace {

constexpr std::int64_t most_filters = 100;
constexpr std::int64_t most_reconstructions = 20;

std::string units_text(const metrics::CodeStatistics& code) {
  std::string text = "unit,rate,mean\n";
  for (std::size_t u = 0; u < code.rate.size(); ++u) {
    text += fmt::format("{},{},{}\n", u, code.rate[u], code.mean[u]);
  }
  return text;
}

std::string active_text(const metrics::CodeStatistics& code) {
  std::string text = "active,rows\n";
  for (std::size_t active = 0; active < code.histogram.size(); ++active) {
    if (code.histogram[active] > 0) text += fmt::format("{},{}\n", active, code.histogram[active]);
  }
  return text;
}

/// A row for each of the first units.
std::vector<float> filters_of(const Parameter& weight, std::int64_t count) {
  const std::vector<float> all = weight.value.to_host<float>();
  const Shape& shape = weight.value.shape();
  std::vector<float> filters;
  for (std::int64_t unit = 0; unit < count; ++unit) {
    for (std::int64_t input = 0; input < shape[0]; ++input) {
      filters.push_back(all[static_cast<std::size_t>(input * shape[1] + unit)]);
    }
  }
  return filters;
}

NamedFile reconstructions(DeviceContext& context, Model& model, const data::DataSet& test,
                          const Extents& row) {
  const data::DataSet rows = first_rows(test, most_reconstructions);
  const data::DenseArray& input = inputs_of(rows);
  const auto columns = static_cast<std::size_t>(input.columns());
  std::vector<float> both(static_cast<std::size_t>(input.rows) * columns);
  for (std::int64_t r = 0; r < input.rows; ++r) {
    input.put_row(r, std::span(both).subspan(static_cast<std::size_t>(r) * columns, columns));
  }
  const std::vector<float> again = output_of(context, model, rows, Output::reconstruction);
  both.insert(both.end(), again.begin(), again.end());
  return array_file(reconstructions_file, {2, input.rows}, row, both);
}

}  // namespace

std::vector<NamedFile> code_files(DeviceContext& context, Model& model,
                                  const data::SplitData& split,
                                  const metrics::CodeStatistics& code) {
  std::vector<NamedFile> files{{std::string(units_file), units_text(code)},
                               {std::string(active_file), active_text(code)}};
  const data::DenseArray& input = inputs_of(split.test);
  const Extents row(input.shape.begin(), input.shape.end());
  const Parameter* weight = model.filters();
  if (weight != nullptr && weight->value.shape()[0] == input.columns()) {
    const std::int64_t count = std::min(most_filters, weight->value.shape()[1]);
    files.push_back(array_file(filters_file, {count}, row, filters_of(*weight, count)));
  }
  if (model.offers(Output::reconstruction)) {
    files.push_back(reconstructions(context, model, split.test, row));
  }
  if (model.offers(Output::samples)) files.push_back(samples(context, model, split.train));
  return files;
}

}  // namespace lacuna::experiments
