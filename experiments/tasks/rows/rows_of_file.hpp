#pragma once

#include <string>

#include "experiments/run/run_loader.hpp"
#include "experiments/tasks/predict_options.hpp"
#include "experiments/tasks/rows/row_task.hpp"

namespace lacuna::experiments {

/// Rows of a file beside the stored model that is to say something of them.
class RowsOfFile {
 public:
  /// The file that the request names by --rows. For a run on a table it is a CSV file with its
  /// inputs' columns, for one on arrays a file of read_image_rows(). Throws ConfigError where none
  /// is named or the run's task is not one on rows, DataError for rows that do not fit, IoError for
  /// a damaged run.
  explicit RowsOfFile(const PredictRequest& request);

  DeviceContext& context() { return context_; }
  const RowTask& task() const { return *task_; }
  Model& model() { return *model_; }
  const data::DataSet& rows() const { return rows_; }
  DeviceRows on_device();

 private:
  DeviceContext context_;
  RunLoader loader_;
  const RowTask* task_ = nullptr;
  std::unique_ptr<Model> model_;
  data::DataSet rows_;
};

}  // namespace lacuna::experiments
