#pragma once

#include <array>

#include "experiments/tasks/predict_options.hpp"
#include "runtime/data/tables/table_schema.hpp"

namespace lacuna::experiments {

inline constexpr std::array<PredictOption, 1> row_predict_options{
    {{.name = "--rows",
      .help = "CSV file with the inputs' columns: predict each row; others are not looked at"}}};

/// What a model says of the rows of a file.
struct RowPredictions {
  std::string run;
  data::TableSchema schema;
  std::int64_t rows = 0;
  std::int64_t columns = 0;   ///< of values: classes, or 1
  std::vector<float> values;  ///< [rows, columns]: probabilities, or numbers in the target's unit
};

/// Reads the file that the request names as the run read its table, and predicts. Throws
/// ConfigError where no file is named, DataError for rows that do not fit, IoError for a damaged
/// run, NonFiniteError where the model gives NaN or infinity.
RowPredictions predict_rows(const PredictRequest& request);

}  // namespace lacuna::experiments
