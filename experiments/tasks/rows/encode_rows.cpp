#include "experiments/tasks/rows/encode_rows.hpp"

#include "experiments/tasks/rows/rows_of_file.hpp"
#include "runtime/data/images/npy_file.hpp"
#include "runtime/io/atomic_file.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

std::array<std::int64_t, 2> encode_rows(const PredictRequest& request, Output what,
                                        const std::filesystem::path& output) {
  RowsOfFile file(request);
  Predictor predictor(file.context(), file.model(), file.on_device(), what);
  const std::span<float> values = predictor.predict();
  check_finite(values, "rows of the file");
  const data::TableSchema* schema = file.task().schema();
  if (what == Output::prediction && schema != nullptr && !schema->target.is_category()) {
    schema->target_scaling.undo(values);
  }
  const std::array<std::int64_t, 2> shape{file.rows().rows(), predictor.columns()};
  io::write_file_atomically(output, data::npy_bytes(shape, values));
  return shape;
}

}  // namespace lacuna::experiments
