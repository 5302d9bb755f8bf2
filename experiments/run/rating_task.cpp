#include "experiments/run/rating_task.hpp"

#include <algorithm>

#include "runtime/data/baselines.hpp"
#include "runtime/metrics/statistics.hpp"

namespace lacuna::experiments {

namespace {

CsrMatrix<float> on_device(DeviceContext& context, const data::CsrArrays& host) {
  return {context.pool(), host.rows, host.cols, host.row_ptr, host.col, host.value};
}

void clip_all(std::vector<float>& values, const ClipRange& clip) {
  for (float& value : values) {
    value = std::clamp(value, static_cast<float>(clip.min), static_cast<float>(clip.max));
  }
}

}  // namespace

RatingTask::RatingTask(DeviceContext& context, data::Dataset dataset)
    : dataset_(std::move(dataset)),
      stats_(data::rating_stats(dataset_.split.train)),
      warm_(data::warm_entries(dataset_.split.test, stats_)),
      train_(on_device(context, dataset_.split.train)),
      validation_(on_device(context, dataset_.split.validation)),
      test_(on_device(context, dataset_.split.test)) {}

models::InputStatistics RatingTask::input_statistics() const {
  return {train_.cols(), static_cast<double>(train_.nnz()) / static_cast<double>(train_.rows())};
}

ClipRange RatingTask::clip_range(const EvaluateConfig& config) const {
  if (const auto* range = std::get_if<std::array<double, 2>>(&config.clip)) {
    return {(*range)[0], (*range)[1]};
  }
  if (!std::get<bool>(config.clip)) return {};
  return {static_cast<double>(stats_.min), static_cast<double>(stats_.max)};
}

TestError RatingTask::evaluate(DeviceContext& context, Trainable<float>& model,
                               const EvaluateConfig& config) const {
  Predictor predictor(context, model, {train_.rows(), test_.nnz()});
  const auto predicted = predictor.predict(train_, test_, clip_range(config));
  std::vector<float> prediction(predicted.begin(), predicted.end());
  const auto* policy = std::get_if<ColdPolicy>(&config.cold);
  if (policy == nullptr || *policy != ColdPolicy::model) {
    const double cold = policy == nullptr ? std::get<double>(config.cold) : stats_.mean;
    for (std::size_t i = 0; i < prediction.size(); ++i) {
      if (warm_[i] == 0) prediction[i] = static_cast<float>(cold);
    }
  }
  return error_of(prediction);
}

std::vector<RatingTask::Baseline> RatingTask::baselines(const EvaluateConfig& config) const {
  const data::Split& split = dataset_.split;
  const ClipRange clip = clip_range(config);
  std::vector<float> mean(split.test.value.size(), static_cast<float>(stats_.mean));
  std::vector<float> biases =
      data::predict(data::fit_biases(split.train, split.validation), split.test);
  clip_all(biases, clip);
  std::vector<Baseline> all{{"global mean", error_of(mean)},
                            {"user + item bias", error_of(biases)}};
  if (!split.test_truth.empty()) {
    std::vector<float> truth = split.test_truth;
    clip_all(truth, clip);
    all.push_back({"noise floor", error_of(truth)});
  }
  return all;
}

TestError RatingTask::error_of(std::span<const float> prediction) const {
  const std::vector<float>& actual = dataset_.split.test.value;
  std::vector<float> warm_prediction;
  std::vector<float> warm_actual;
  for (std::size_t i = 0; i < actual.size(); ++i) {
    if (warm_[i] == 0) continue;
    warm_prediction.push_back(prediction[i]);
    warm_actual.push_back(actual[i]);
  }
  return {.rmse = metrics::rmse<float>(prediction, actual),
          .mae = metrics::mae<float>(prediction, actual),
          .warm_rmse = metrics::rmse<float>(warm_prediction, warm_actual),
          .pairs = static_cast<std::int64_t>(actual.size()),
          .warm_pairs = static_cast<std::int64_t>(warm_actual.size())};
}

}  // namespace lacuna::experiments
