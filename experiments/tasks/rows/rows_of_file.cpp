#include "experiments/tasks/rows/rows_of_file.hpp"

#include "experiments/run/thread_count.hpp"
#include "runtime/data/images/load_images.hpp"
#include "runtime/data/tables/injected_holes.hpp"
#include "runtime/data/tables/read_rows.hpp"
#include "runtime/data/upload.hpp"
#include "runtime/error.hpp"
#include "runtime/io/home_path.hpp"

namespace lacuna::experiments {

RowsOfFile::RowsOfFile(const PredictRequest& request)
    : context_(choose_device(request.device), thread_count(request.threads)),
      loader_(context_, request.data) {
  const auto file = request.values.find("--rows");
  if (file == request.values.end()) {
    throw ConfigError("say what to predict: --rows FILE, rows like those it was trained on");
  }
  auto [task, fresh, model] = loader_.load(request.run);
  task_ = dynamic_cast<const RowTask*>(&task);
  if (task_ == nullptr) {
    throw ConfigError(request.run.folder.string() + ": its task is not one on rows of a file");
  }
  model_ = std::move(model);
  const std::string path = io::expand_home(file->second).string();
  const data::TableSchema* schema = task_->schema();
  if (schema == nullptr) {
    rows_ = data::read_image_rows(path, task_->model_facts().columns);
    return;
  }
  rows_ = data::read_rows(path, *schema, {.inputs_only = true});
  auto& input = std::get<data::DenseArray>(rows_.fields.at("input"));
  input = repeat_columns(input, schema->copies);
}

DeviceRows RowsOfFile::on_device() {
  return upload(context_, rows_);
}

}  // namespace lacuna::experiments
