#include "experiments/tasks/rows/array_files.hpp"

#include <algorithm>
#include <numeric>

#include "experiments/tasks/rows/row_data.hpp"
#include "runtime/data/images/npy_file.hpp"
#include "runtime/data/upload.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

namespace {

constexpr std::int64_t most_samples = 100;

}  // namespace

NamedFile array_file(std::string_view name, Extents first, const Extents& row,
                     std::span<const float> values) {
  first.insert(first.end(), row.begin(), row.end());
  return {std::string(name), data::npy_bytes(first, values)};
}

data::DataSet first_rows(const data::DataSet& data, std::int64_t most) {
  std::vector<std::int64_t> rows(static_cast<std::size_t>(std::min(most, data.rows())));
  std::iota(rows.begin(), rows.end(), 0);
  return data::take_rows(data, rows);
}

std::vector<float> output_of(DeviceContext& context, Model& model, const data::DataSet& rows,
                             Output output) {
  Predictor predictor(context, model, upload(context, rows), output);
  const std::span<const float> values = predictor.predict();
  return {values.begin(), values.end()};
}

NamedFile samples(DeviceContext& context, Model& model, const data::DataSet& train) {
  const data::DataSet start = first_rows(train, most_samples);
  return array_file(samples_file, {start.rows()}, inputs_of(start).shape,
                    output_of(context, model, start, Output::samples));
}

}  // namespace lacuna::experiments
