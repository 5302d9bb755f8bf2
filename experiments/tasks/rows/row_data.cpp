#include "experiments/tasks/rows/row_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "experiments/tasks/rows/describe_rows.hpp"
#include "runtime/config/write.hpp"
#include "runtime/data/images/load_images.hpp"
#include "runtime/data/upload.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments {

using config::Json;

namespace {

/// By column: the sum and the number of observed cells; of all, the least and the most.
struct Columns {
  std::vector<double> sum;
  std::vector<double> count;
  double least = std::numeric_limits<double>::infinity();
  double most = -std::numeric_limits<double>::infinity();
  bool binary = true;  ///< all are observed, and 0 or 1
};
Columns observed(const data::DenseArray& array) {
  const auto columns = static_cast<std::size_t>(array.columns());
  Columns all{std::vector<double>(columns), std::vector<double>(columns)};
  std::vector<float> row(columns);
  for (std::int64_t r = 0; r < array.rows; ++r) {
    array.put_row(r, row);
    for (std::size_t c = 0; c < columns; ++c) {
      const bool seen = array.observed(r, static_cast<std::int64_t>(c));
      all.binary = all.binary && seen && (row[c] == 0 || row[c] == 1);
      if (!seen) continue;
      all.sum[c] += double{row[c]};
      all.count[c] += 1;
      all.least = std::min(all.least, double{row[c]});
      all.most = std::max(all.most, double{row[c]});
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

/// How many rows have 0, 1, ... non-zeros.
std::vector<std::int64_t> rows_by_non_zeros(const data::DenseArray& array) {
  std::vector<std::int64_t> rows(static_cast<std::size_t>(array.columns()) + 1);
  for (const std::int64_t count : non_zeros_of(array)) ++rows[static_cast<std::size_t>(count)];
  return rows;
}

bool has_classes(const data::DataSet& part) {
  return !class_names(part).empty();
}

}  // namespace

LoadedRows load_rows(const DataConfig& config) {
  return std::visit(
      []<class Source>(const Source& source) -> LoadedRows {
        if constexpr (is_alternative<Source, TableFamily>) {
          data::TableSplit split = data::load_table(source);
          return {std::move(static_cast<data::SplitData&>(split)), std::move(split.schema)};
        } else {
          return {data::load_images(source), {}};
        }
      },
      family_of<RowFamily>(config).value());
}

LoadedRows load_classes(const DataConfig& config) {
  LoadedRows rows = load_rows(config);
  if (has_classes(rows.parts.train)) return rows;
  const std::string& source = rows.parts.train.source;
  if (!rows.schema) {
    throw DataError(
        source + ": the rows have no classes: set data.labels, or evaluate.type to representation");
  }
  throw DataError(fmt::format(
      "{}: the target '{}' is a number: set evaluate.type to regression, or data.target_kind to "
      "class",
      source, rows.schema->target.name));
}

LoadedRows load_numbers(const DataConfig& config) {
  LoadedRows rows = load_rows(config);
  if (!has_classes(rows.parts.train)) return rows;
  throw DataError(
      fmt::format("{}: the target '{}' is a class: set evaluate.type to classification, or "
                  "data.target_kind to number",
                  rows.parts.train.source, rows.schema.value().target.name));
}

RowData::RowData(DeviceContext& context, LoadedRows rows)
    : rows_(std::move(rows)),
      train_(upload(context, parts().train)),
      validation_(upload(context, parts().validation)),
      test_(upload(context, parts().test)) {}

Facts RowData::facts() const {
  const data::DataSet& train = parts().train;
  const data::DenseArray& input = inputs_of(train);
  const Columns columns = observed(input);
  Facts facts{.columns = input.columns(), .rows_by_non_zeros = rows_by_non_zeros(input)};
  if (columns.least <= columns.most) {
    facts.least = columns.least;
    facts.most = columns.most;
  }
  facts.binary = columns.binary;
  for (std::size_t c = 0; c < columns.sum.size(); ++c) {
    facts.mean_count += columns.count[c] / static_cast<double>(input.rows);
    const double count = std::max(columns.count[c], 1.0);
    facts.column_mean.push_back(static_cast<float>(columns.sum[c] / count));
  }
  const std::size_t classes = class_names(train).size();
  if (classes > 0) {
    facts.classes = static_cast<std::int64_t>(classes);
    facts.class_share = weighted_shares(train, classes);
  } else {
    facts.targets = train.fields.contains("target") ? 1 : 0;
  }
  return facts;
}

std::string RowData::training_size() const {
  return fmt::format("{} training rows x {} columns", train_.rows,
                     inputs_of(parts().train).columns());
}

std::string RowData::size() const {
  return fmt::format("{} columns, {} training, {} validation, {} test rows",
                     inputs_of(parts().train).columns(), train_.rows, validation_.rows, test_.rows);
}

Json RowData::counts() const {
  return Json::object({{"columns", inputs_of(parts().train).columns()},
                       {"train_rows", train_.rows},
                       {"validation_rows", validation_.rows},
                       {"test_rows", test_.rows}});
}

std::vector<NamedFile> RowData::setup_files() const {
  if (schema() == nullptr) return {};
  return {{std::string(schema_file), config::dump(config::to_json(*schema())) + "\n"}};
}

FilledRows::FilledRows(const data::DataSet& part, std::span<const float> column_mean)
    : columns_(column_mean.size()), weights_(weights_of(part)) {
  const data::DenseArray& input = inputs_of(part);
  values_.resize(static_cast<std::size_t>(input.rows) * columns_);
  for (std::int64_t r = 0; r < input.rows; ++r) {
    const auto row = std::span(values_).subspan(static_cast<std::size_t>(r) * columns_, columns_);
    input.put_row(r, row);
    if (input.mask.empty()) continue;
    for (std::size_t c = 0; c < columns_; ++c) {
      if (!input.observed(r, static_cast<std::int64_t>(c))) row[c] = column_mean[c];
    }
  }
}

const data::DenseArray& inputs_of(const data::DataSet& part) {
  return std::get<data::DenseArray>(part.fields.at("input"));
}

std::vector<std::string> class_names(const data::DataSet& part) {
  const auto target = part.fields.find("target");
  if (target == part.fields.end()) return {};
  const auto* labels = std::get_if<data::Labels>(&target->second);
  return labels == nullptr ? std::vector<std::string>() : labels->classes;
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
