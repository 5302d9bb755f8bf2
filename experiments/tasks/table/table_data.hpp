#pragma once

#include <span>
#include <string>
#include <vector>

#include "experiments/tasks/linear_baseline.hpp"
#include "experiments/tasks/table/table_family.hpp"
#include "experiments/tasks/task.hpp"
#include "runtime/data/device_rows.hpp"
#include "runtime/data/tables/load_table.hpp"

/// What the tasks on tables share.
namespace lacuna::experiments {

inline constexpr std::string_view schema_file = "schema.json";

/// A table, split: on the host, and its training and held-out rows on the device.
class TableData {
 public:
  /// Throws DataError as load_table(), and where the target is not `classes`, or numbers.
  TableData(DeviceContext& context, const DataConfig& config, bool classes);

  const data::TableSplit& split() const { return split_; }
  const DeviceRows& train() const { return train_; }
  const DeviceRows& validation() const { return validation_; }
  const DeviceRows& test() const { return test_; }

  Facts facts() const;
  std::string training_size() const;
  std::string size() const;
  config::Json counts() const;
  std::vector<NamedFile> setup_files() const;

 private:
  data::TableSplit split_;
  DeviceRows train_;
  DeviceRows validation_;
  DeviceRows test_;
};

/// A part of a table as the baselines take it: missing cells are their column's training mean. The
/// part stays.
class FilledRows {
 public:
  FilledRows(const data::DataSet& part, std::span<const float> column_mean);

  NumberRows inputs() const { return {values_, columns_}; }
  std::span<const float> weights() const { return weights_; }

 private:
  std::vector<double> values_;
  std::size_t columns_;
  std::span<const float> weights_;
};

/// The field "target" of a part.
const std::vector<std::int32_t>& labels_of(const data::DataSet& part);
const std::vector<float>& numbers_of(const data::DataSet& part);
/// The field "weight"; empty where there is none.
std::span<const float> weights_of(const data::DataSet& part);

/// Throws NonFiniteError where a model says NaN or infinity of the rows that `what` names.
void check_finite(std::span<const float> predicted, std::string_view what);

}  // namespace lacuna::experiments
