#pragma once

#include <array>
#include <optional>

#include "experiments/tasks/predict_options.hpp"
#include "experiments/tasks/rows/row_task.hpp"

namespace lacuna::experiments {

inline constexpr std::array<PredictOption, 1> row_predict_options{
    {{.name = "--rows",
      .help = "CSV file with the inputs' columns, or .npy or IDX file: predict each row"}}};

/// What a model says of the rows of a file.
struct RowPredictions {
  std::string run;
  std::optional<data::TableSchema> schema;  ///< of the table that it was trained on
  std::vector<std::string> classes;
  std::int64_t rows = 0;
  std::int64_t columns = 0;   ///< of values: classes, or 1
  std::vector<float> values;  ///< [rows, columns]: probabilities, or numbers in the target's unit
};

/// The rows of a file as `task` takes them: for a table a CSV file with its inputs' columns, for
/// arrays an .npy or IDX file. Throws DataError where they do not fit.
data::DataSet read_rows_for(const RowTask& task, const std::string& path);

/// Reads the file that the request names as the run read its data, and predicts. Throws
/// ConfigError where no file is named, DataError for rows that do not fit, IoError for a damaged
/// run, NonFiniteError where the model gives NaN or infinity.
RowPredictions predict_rows(const PredictRequest& request);

}  // namespace lacuna::experiments
