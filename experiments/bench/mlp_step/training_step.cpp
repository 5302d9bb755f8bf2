#include "experiments/bench/mlp_step/training_step.hpp"

#include <algorithm>

#include "runtime/data/random_sequence.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments::bench {

namespace {

/// Which of `classes` equal parts of the interval (-3, 3) a number is in; what is outside counts
/// to the nearest.
std::int32_t class_of(float x, std::int64_t classes) {
  const float part = (x + 3) / 6 * static_cast<float>(classes);
  return static_cast<std::int32_t>(std::clamp(part, 0.0F, static_cast<float>(classes - 1)));
}

std::shared_ptr<const DeviceField> numbers(DeviceContext& context, Shape shape,
                                           const std::vector<float>& values) {
  DenseRows rows;
  rows.value = Tensor::of(context.pool(), DType::f32, std::move(shape), values);
  return std::make_shared<const DeviceField>(rows);
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

TrainingStep::TrainingStep(DeviceContext& context, const NetShape& shape)
    : context_(context),
      config_(step_config(shape)),
      rows_(rows_of(context, shape)),
      model_(models::make_model(context, model_of(shape), facts_of(shape), net_seed)),
      gradients_(context, model_->parameters()),
      batches_(context, model_->dtype(), rows_, RowOrder(rows_.rows, config_.batch_size, net_seed)),
      clock_(context.pool(), Program::most_terms),
      learner_(model_->learner({.context = context,
                                .config = config_,
                                .batch = batches_.batch(),
                                .clock = clock_,
                                .sync = sync_,
                                .seed = net_seed})) {
  start_epoch();
}

void TrainingStep::start_epoch() {
  batches_.start_epoch(++epoch_);
  learner_->start_epoch(epoch_);
  clock_.clear_sums();
  batch_ = 0;
}

void TrainingStep::run() {
  if (batch_ == batches_.count()) start_epoch();
  const std::int64_t rows = batches_.rows(batch_);
  clock_.prepare({.rate = 1,
                  .penalty_share = static_cast<double>(rows) / static_cast<double>(rows_.rows),
                  .batch = batch_,
                  .step = step_});
  const auto put = [this] {
    batches_.put(context_.exec(), clock_.input(), batch_);
    learner_->put_step(clock_.input());
  };
  captured_.try_emplace(rows, context_, put, config_.cuda_graph).first->second.run();
  if (context_.device() == Device::cpu && clock_.state().stopped != 0) {
    throw NonFiniteError("bench: the loss or a gradient of the step is not finite");
  }
  ++batch_;
  ++step_;
}

double TrainingStep::loss() const {
  const LossSum sum = clock_.sums_on_host().at(0);
  return sum.sum / sum.count;
}

}  // namespace lacuna::experiments::bench
