#include "experiments/tasks/rows/predict_rows.hpp"

#include "experiments/run/run_loader.hpp"
#include "experiments/run/thread_count.hpp"
#include "runtime/data/images/load_images.hpp"
#include "runtime/data/tables/read_rows.hpp"
#include "runtime/data/upload.hpp"
#include "runtime/error.hpp"
#include "runtime/io/home_path.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

data::DataSet read_rows_for(const RowTask& task, const std::string& path) {
  const std::string file = io::expand_home(path).string();
  if (task.schema() != nullptr) {
    return data::read_rows(file, *task.schema(), {.inputs_only = true});
  }
  return data::read_image_rows(file, task.model_facts().columns);
}

RowPredictions predict_rows(const PredictRequest& request) {
  const auto file = request.values.find("--rows");
  if (file == request.values.end()) {
    throw ConfigError("say what to predict: --rows FILE, rows like those it was trained on");
  }
  DeviceContext context(choose_device(request.device), thread_count(request.threads));
  RunLoader loader(context, request.data);
  const auto [loaded, fresh, model] = loader.load(request.run);
  const auto& task = static_cast<const RowTask&>(loaded);
  const data::DataSet rows = read_rows_for(task, file->second);
  Predictor predictor(context, *model, upload(context, rows));
  const std::span<const float> values = predictor.predict();
  check_finite(values, "rows of the file");
  RowPredictions said{.run = request.run.folder.string(),
                      .schema = {},
                      .classes = class_names(task.split().train),
                      .rows = rows.rows(),
                      .columns = predictor.columns(),
                      .values = {values.begin(), values.end()}};
  if (task.schema() != nullptr) said.schema = *task.schema();
  return said;
}

}  // namespace lacuna::experiments
