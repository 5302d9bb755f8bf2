#pragma once

#include "experiments/tasks/rows/describe_rows.hpp"
#include "experiments/tasks/rows/row_data.hpp"

namespace lacuna::experiments {

/// What a task on rows says of its data.
class RowTask : public Task {
 public:
  RowTask(DeviceContext& context, LoadedRows rows)
      : data_(context, std::move(rows)), facts_(data_.facts()) {}

  const std::string& source() const override { return split().train.source; }
  const std::string& checksum() const override { return split().train.checksum; }
  std::string training_size() const override { return data_.training_size(); }
  std::string size() const override { return data_.size(); }
  config::Json facts() const override { return data_.counts(); }
  std::vector<NamedFile> setup_files() const override { return data_.setup_files(); }
  Facts model_facts() const override { return facts_; }
  std::vector<std::int64_t> non_zeros() const override {
    return non_zeros_of(inputs_of(split().train));
  }
  std::string description() const override { return describe_parts(split()); }
  const DeviceRows& train() const override { return data_.train(); }
  /// Of a table; nullptr: the rows are arrays.
  const data::TableSchema* schema() const { return data_.schema(); }
  const data::SplitData& split() const { return data_.parts(); }

 protected:
  const RowData& data() const { return data_; }
  FilledRows filled(const data::DataSet& part) const { return {part, facts_.column_mean}; }

 private:
  RowData data_;
  Facts facts_;
};

}  // namespace lacuna::experiments
