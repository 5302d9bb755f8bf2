#include "experiments/tasks/table/table_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "runtime/config/write.hpp"
#include "runtime/data/upload.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments {

using config::Json;

namespace {

data::TableSplit load(const DataConfig& config, bool classes) {
  const auto source = family_of<TableFamily>(config).value();
  data::TableSplit split =
      std::visit([](const auto& chosen) { return data::load_table(chosen); }, source);
  if (split.schema.target.is_category() == classes) return split;
  throw DataError(
      fmt::format("{}: the target '{}' is {}: {}", split.train.source, split.schema.target.name,
                  classes ? "a number" : "a class",
                  classes ? "set evaluate.type to regression, or data.target_kind to class"
                          : "set evaluate.type to classification, or data.target_kind to number"));
}

const data::DenseArray& inputs_of(const data::DataSet& part) {
  return std::get<data::DenseArray>(part.fields.at("input"));
}

/// By column: the sum and the number of observed cells.
struct Columns {
  std::vector<double> sum;
  std::vector<double> count;
};
Columns observed(const data::DenseArray& array) {
  const auto columns = static_cast<std::size_t>(array.columns());
  Columns all{std::vector<double>(columns), std::vector<double>(columns)};
  const auto& values = std::get<std::vector<float>>(array.values);
  for (std::int64_t r = 0; r < array.rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      if (!array.observed(r, static_cast<std::int64_t>(c))) continue;
      all.sum[c] += values[static_cast<std::size_t>(r) * columns + c];
      all.count[c] += 1;
    }
  }
  return all;
}

/// Each class's share of the weight.
std::vector<double> weighted_shares(const data::DataSet& part, std::size_t classes) {
  const std::vector<std::int32_t>& labels = labels_of(part);
  const std::span<const float> weights = weights_of(part);
  std::vector<double> share(classes);
  double total = 0;
  for (std::size_t r = 0; r < labels.size(); ++r) {
    const double weight = weights.empty() ? 1 : static_cast<double>(weights[r]);
    share[static_cast<std::size_t>(labels[r])] += weight;
    total += weight;
  }
  for (double& each : share) each /= total;
  return share;
}

}  // namespace

TableData::TableData(DeviceContext& context, const DataConfig& config, bool classes)
    : split_(load(config, classes)),
      train_(upload(context, split_.train)),
      validation_(upload(context, split_.validation)),
      test_(upload(context, split_.test)) {}

Facts TableData::facts() const {
  const data::DenseArray& input = inputs_of(split_.train);
  const Columns columns = observed(input);
  Facts facts{.columns = input.columns()};
  for (std::size_t c = 0; c < columns.sum.size(); ++c) {
    facts.mean_count += columns.count[c] / static_cast<double>(input.rows);
    const double count = std::max(columns.count[c], 1.0);
    facts.column_mean.push_back(static_cast<float>(columns.sum[c] / count));
  }
  if (split_.schema.target.is_category()) {
    facts.classes = split_.schema.target.width();
    facts.class_share = weighted_shares(split_.train, split_.schema.target.levels.size());
  } else {
    facts.targets = 1;
  }
  return facts;
}

std::string TableData::training_size() const {
  return fmt::format("{} training rows x {} columns", train_.rows,
                     inputs_of(split_.train).columns());
}

std::string TableData::size() const {
  return fmt::format("{} columns, {} training, {} validation, {} test rows",
                     inputs_of(split_.train).columns(), train_.rows, validation_.rows, test_.rows);
}

Json TableData::counts() const {
  return Json::object({{"columns", inputs_of(split_.train).columns()},
                       {"train_rows", train_.rows},
                       {"validation_rows", validation_.rows},
                       {"test_rows", test_.rows}});
}

std::vector<NamedFile> TableData::setup_files() const {
  return {{std::string(schema_file), config::dump(config::to_json(split_.schema)) + "\n"}};
}

FilledRows::FilledRows(const data::DataSet& part, std::span<const float> column_mean)
    : weights_(weights_of(part)) {
  const data::DenseArray& input = inputs_of(part);
  const auto& values = std::get<std::vector<float>>(input.values);
  columns_ = column_mean.size();
  values_.resize(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto r = static_cast<std::int64_t>(i / columns_);
    const auto c = static_cast<std::int64_t>(i % columns_);
    values_[i] = input.observed(r, c) ? values[i] : column_mean[i % columns_];
  }
}

const std::vector<std::int32_t>& labels_of(const data::DataSet& part) {
  return std::get<data::Labels>(part.fields.at("target")).value;
}

const std::vector<float>& numbers_of(const data::DataSet& part) {
  return std::get<std::vector<float>>(std::get<data::DenseArray>(part.fields.at("target")).values);
}

void check_finite(std::span<const float> predicted, std::string_view what) {
  if (std::ranges::all_of(predicted, [](float value) { return std::isfinite(value); })) return;
  throw NonFiniteError(fmt::format(
      "the model predicts NaN or infinity for {}: look for huge values in its weights and in the "
      "rows",
      what));
}

std::span<const float> weights_of(const data::DataSet& part) {
  const auto weight = part.fields.find("weight");
  if (weight == part.fields.end()) return {};
  return std::get<std::vector<float>>(std::get<data::DenseArray>(weight->second).values);
}

}  // namespace lacuna::experiments
