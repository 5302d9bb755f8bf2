#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "experiments/tasks/rows/linear_baseline.hpp"
#include "experiments/tasks/rows/row_families.hpp"
#include "experiments/tasks/task.hpp"
#include "runtime/data/device_rows.hpp"
#include "runtime/data/tables/load_table.hpp"

/// What the tasks on rows share.
namespace lacuna::experiments {

inline constexpr std::string_view schema_file = "schema.json";

/// Rows of a table or of arrays, split.
struct LoadedRows {
  data::SplitData parts;
  std::optional<data::TableSchema> schema;  ///< of a table
};

/// Throws DataError as load_table() and load_images().
LoadedRows load_rows(const DataConfig& config);
/// The same; throws DataError, too, where the target is not what the task wants: classes or
/// numbers.
LoadedRows load_classes(const DataConfig& config);
LoadedRows load_numbers(const DataConfig& config);

/// Rows on the host, and on the device.
class RowData {
 public:
  RowData(DeviceContext& context, LoadedRows rows);

  const data::SplitData& parts() const { return rows_.parts; }
  const data::TableSchema* schema() const { return rows_.schema ? &*rows_.schema : nullptr; }
  const DeviceRows& train() const { return train_; }
  const DeviceRows& validation() const { return validation_; }
  const DeviceRows& test() const { return test_; }

  Facts facts() const;
  std::string training_size() const;
  std::string size() const;
  config::Json counts() const;
  std::vector<NamedFile> setup_files() const;

 private:
  LoadedRows rows_;
  DeviceRows train_;
  DeviceRows validation_;
  DeviceRows test_;
};

/// A part's rows as linear models take them: missing cells are their column's training mean. The
/// part stays.
class FilledRows {
 public:
  FilledRows(const data::DataSet& part, std::span<const float> column_mean);

  NumberRows inputs() const { return {values_, columns_}; }
  std::span<const float> weights() const { return weights_; }

 private:
  std::vector<float> values_;
  std::size_t columns_;
  std::span<const float> weights_;
};

const data::DenseArray& inputs_of(const data::DataSet& part);
/// The field "target" of a part.
const std::vector<std::int32_t>& labels_of(const data::DataSet& part);
const std::vector<float>& numbers_of(const data::DataSet& part);
/// The field "weight"; empty where there is none.
std::span<const float> weights_of(const data::DataSet& part);
/// The names of the target's classes; empty where it has none.
std::vector<std::string> class_names(const data::DataSet& part);

/// Throws NonFiniteError where a model says NaN or infinity of the rows that `what` names.
void check_finite(std::span<const float> predicted, std::string_view what);

}  // namespace lacuna::experiments
