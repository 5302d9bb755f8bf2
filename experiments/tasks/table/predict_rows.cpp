#include "experiments/tasks/table/predict_rows.hpp"

#include "experiments/run/run_loader.hpp"
#include "experiments/run/thread_count.hpp"
#include "experiments/tasks/table/table_task.hpp"
#include "runtime/data/tables/injected_holes.hpp"
#include "runtime/data/tables/read_rows.hpp"
#include "runtime/data/upload.hpp"
#include "runtime/error.hpp"
#include "runtime/io/home_path.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

RowPredictions predict_rows(const PredictRequest& request) {
  const auto file = request.values.find("--rows");
  if (file == request.values.end()) {
    throw ConfigError("say what to predict: --rows FILE, a CSV file with the inputs' columns");
  }
  DeviceContext context(choose_device(request.device), thread_count(request.threads));
  RunLoader loader(context, request.data);
  const auto [task, fresh, model] = loader.load(request.run);
  const data::TableSchema& schema = static_cast<const TableTask&>(task).schema();
  data::DataSet rows =
      data::read_rows(io::expand_home(file->second).string(), schema, {.inputs_only = true});
  auto& input = std::get<data::DenseArray>(rows.fields.at("input"));
  input = repeat_columns(input, schema.copies);
  Predictor predictor(context, *model, upload(context, rows));
  const std::span<const float> values = predictor.predict();
  check_finite(values, "rows of the file");
  return {.run = request.run.folder.string(),
          .schema = schema,
          .rows = rows.rows(),
          .columns = predictor.columns(),
          .values = {values.begin(), values.end()}};
}

}  // namespace lacuna::experiments
