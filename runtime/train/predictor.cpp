#include "runtime/train/predictor.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/error.hpp"

namespace lacuna {

namespace {

constexpr std::size_t most_bytes = std::size_t{256} << 20;
constexpr std::int64_t most_rows = 8192;  // more are no faster

/// Rows that are predicted at a time: told by what the program of one row takes.
RowOrder pieces(DeviceContext& context, Model& model, const DeviceRows& data, Output output) {
  if (!model.offers(output)) {
    throw ConfigError(
        fmt::format("model.type: the model has no {}, which the task asks for", name_of(output)));
  }
  Batches one(context, model.dtype(), data, RowOrder::in_place(data.rows, 1), Gradients::no);
  Program program(context, model.dtype(), one.batch(), Gradients::no);
  model.record(program, output);
  const auto rows = static_cast<std::int64_t>(
      std::max<std::size_t>(most_bytes / std::max<std::size_t>(program.bytes(), 1), 1));
  return RowOrder::in_place(data.rows, std::min({rows, most_rows, data.rows}));
}

}  // namespace

Predictor::Predictor(DeviceContext& context, Model& model, const DeviceRows& data, Output output)
    : context_(context),
      batches_(context, model.dtype(), data, pieces(context, model, data, output), Gradients::no),
      clock_(context.pool(), 1),
      program_(context, model.dtype(), batches_.batch(), Gradients::no),
      output_(model.record(program_, output)) {}

std::span<float> Predictor::predict() {
  prediction_.clear();
  batches_.start_epoch(0);
  for (std::int64_t i = 0; i < batches_.count(); ++i) {
    clock_.prepare({.batch = i});
    batches_.put(context_.exec(), clock_.input(), i);
    program_.forward();
    const std::vector<float> piece = output_.to_host();
    prediction_.insert(prediction_.end(), piece.begin(), piece.end());
  }
  return prediction_;
}

}  // namespace lacuna
