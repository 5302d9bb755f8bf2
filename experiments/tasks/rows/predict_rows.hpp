#pragma once

#include <array>
#include <optional>

#include "experiments/tasks/predict_options.hpp"
#include "runtime/data/tables/table_schema.hpp"

namespace lacuna::experiments {

inline constexpr std::array<PredictOption, 1> row_predict_options{
    {{.name = "--rows",
      .help =
          "predict each row of this file: CSV with the inputs' columns, .npy, IDX, or CIFAR-10"}}};

/// What a model says of the rows of a file.
struct RowPredictions {
  std::string run;
  std::optional<data::TableSchema> schema;  ///< of the table that it was trained on
  std::vector<std::string> classes;
  std::int64_t rows = 0;
  std::int64_t columns = 0;   ///< of values: classes, or 1
  std::vector<float> values;  ///< [rows, columns]: probabilities, or numbers in the target's unit
};

/// Predicts the rows of the file that the request names. Throws as RowsOfFile, and NonFiniteError
/// where the model gives NaN or infinity.
RowPredictions predict_rows(const PredictRequest& request);

}  // namespace lacuna::experiments
