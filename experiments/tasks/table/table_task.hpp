#pragma once

#include "experiments/tasks/table/table_data.hpp"

namespace lacuna::experiments {

/// What a task on tables says of its data.
class TableTask : public Task {
 public:
  TableTask(DeviceContext& context, const DataConfig& config, bool classes)
      : data_(context, config, classes), facts_(data_.facts()) {}

  const std::string& source() const override { return data_.split().train.source; }
  const std::string& checksum() const override { return data_.split().train.checksum; }
  std::string training_size() const override { return data_.training_size(); }
  std::string size() const override { return data_.size(); }
  config::Json facts() const override { return data_.counts(); }
  std::vector<NamedFile> setup_files() const override { return data_.setup_files(); }
  Facts model_facts() const override { return facts_; }
  const DeviceRows& train() const override { return data_.train(); }
  const data::TableSchema& schema() const { return split().schema; }

 protected:
  const TableData& data() const { return data_; }
  const data::TableSplit& split() const { return data_.split(); }
  FilledRows filled(const data::DataSet& part) const { return {part, facts_.column_mean}; }

 private:
  TableData data_;
  Facts facts_;
};

}  // namespace lacuna::experiments
