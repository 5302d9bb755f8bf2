#include "experiments/tasks/rows/predict_rows.hpp"

#include "experiments/tasks/rows/rows_of_file.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

RowPredictions predict_rows(const PredictRequest& request) {
  RowsOfFile file(request);
  Predictor predictor(file.context(), file.model(), file.on_device());
  const std::span<const float> values = predictor.predict();
  check_finite(values, "rows of the file");
  RowPredictions said{.run = request.run.folder.string(),
                      .schema = {},
                      .classes = class_names(file.task().split().train),
                      .rows = file.rows().rows(),
                      .columns = predictor.columns(),
                      .values = {values.begin(), values.end()}};
  if (file.task().schema() != nullptr) said.schema = *file.task().schema();
  return said;
}

}  // namespace lacuna::experiments
