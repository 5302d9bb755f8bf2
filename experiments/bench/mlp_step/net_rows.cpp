#include "experiments/bench/mlp_step/net_rows.hpp"

#include <algorithm>

#include "experiments/bench/training_step/training_step.hpp"
#include "runtime/data/random_sequence.hpp"

namespace lacuna::experiments::bench {

namespace {

/// Which of `classes` equal parts of the interval (-3, 3) a number is in; what is outside counts
/// to the nearest.
std::int32_t class_of(float x, std::int64_t classes) {
  const float part = (x + 3) / 6 * static_cast<float>(classes);
  return static_cast<std::int32_t>(std::clamp(part, 0.0F, static_cast<float>(classes - 1)));
}

std::shared_ptr<const DeviceField> classes(DeviceContext& context, const NetShape& shape,
                                           const std::vector<float>& values) {
  std::vector<std::int32_t> labels;
  for (const float x : values) labels.push_back(class_of(x, shape.outputs));
  LabelRows rows{.label = Tensor::uninitialized(context.pool(), DType::i32,
                                                {static_cast<std::int64_t>(labels.size())}),
                 .classes = shape.outputs};
  rows.label.assign(std::as_bytes(std::span(labels)));
  return std::make_shared<const DeviceField>(rows);
}

}  // namespace

DeviceRows rows_of(DeviceContext& context, const NetShape& shape) {
  DeviceRows rows{.rows = shape.batch_rows * shape.batches, .fields = {}};
  data::RandomSequence random({net_seed, 0, 0});
  std::vector<float> input(static_cast<std::size_t>(rows.rows * shape.inputs));
  for (float& x : input) x = static_cast<float>(random.normal());
  std::vector<float> target;
  const std::int64_t of_row = shape.classes ? 1 : shape.outputs;
  for (std::int64_t r = 0; r < rows.rows; ++r) {
    for (std::int64_t t = 0; t < of_row; ++t) {
      const auto first = static_cast<std::size_t>(r * shape.inputs + t % shape.inputs);
      target.push_back(input[first]);
    }
  }
  rows.set("input", numbers(context, {rows.rows, shape.inputs}, input));
  rows.set("target", shape.classes ? classes(context, shape, target)
                                   : numbers(context, {rows.rows, of_row}, target));
  return rows;
}

}  // namespace lacuna::experiments::bench
