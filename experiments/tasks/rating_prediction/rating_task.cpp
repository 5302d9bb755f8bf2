#include "experiments/tasks/rating_prediction/rating_task.hpp"

#include "runtime/data/ratings/baselines.hpp"
#include "runtime/metrics/statistics.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

CsrMatrix<float> upload(DeviceContext& context, const data::CsrArrays& host) {
  return {context.pool(), host.rows, host.cols, host.row_ptr, host.col, host.value};
}

RatingTask::RatingTask(DeviceContext& context, data::Dataset dataset)
    : dataset_(std::move(dataset)),
      stats_(data::rating_stats(dataset_.split.train)),
      warm_validation_(data::warm_entries(dataset_.split.validation, stats_)),
      warm_test_(data::warm_entries(dataset_.split.test, stats_)),
      train_(upload(context, dataset_.split.train)),
      validation_(upload(context, dataset_.split.validation)),
      test_(upload(context, dataset_.split.test)) {}

models::InputStatistics RatingTask::input_statistics() const {
  return {train_.cols(), static_cast<double>(train_.nnz()) / static_cast<double>(train_.rows())};
}

PredictionRule RatingTask::rule(const EvaluateConfig& config,
                                std::span<const std::uint8_t> warm) const {
  PredictionRule rule;
  rule.warm = warm;
  if (const auto* range = std::get_if<std::array<double, 2>>(&config.clip)) {
    rule.min = (*range)[0];
    rule.max = (*range)[1];
  } else if (std::get<bool>(config.clip)) {
    rule.min = static_cast<double>(stats_.min);
    rule.max = static_cast<double>(stats_.max);
  }
  const auto* policy = std::get_if<ColdPolicy>(&config.cold);
  if (policy == nullptr) {
    rule.cold = std::get<double>(config.cold);
  } else if (*policy == ColdPolicy::global_mean) {
    rule.cold = stats_.mean;
  }
  return rule;
}

PredictionRule RatingTask::validation_rule(const EvaluateConfig& config) const {
  return rule(config, warm_validation_);
}

TestError RatingTask::evaluate(DeviceContext& context, Trainable<float>& model,
                               const EvaluateConfig& config) const {
  Predictor predictor(context, model, train_, test_);
  const std::span<float> prediction = predictor.predict();
  apply_rule(rule(config, warm_test_), prediction);
  return error_of(prediction);
}

std::vector<RatingTask::Baseline> RatingTask::baselines(const EvaluateConfig& config) const {
  const data::Split& split = dataset_.split;
  const PredictionRule clip = rule(config, {});
  const std::vector<float> mean(split.test.value.size(), static_cast<float>(stats_.mean));
  std::vector<float> biases =
      data::predict(data::fit_biases(split.train, split.validation), split.test);
  apply_rule(clip, biases);
  std::vector<Baseline> all{{"global mean", error_of(mean)},
                            {"user + item bias", error_of(biases)}};
  if (!split.test_truth.empty()) {
    std::vector<float> truth = split.test_truth;
    apply_rule(clip, truth);
    all.push_back({"noise floor", error_of(truth)});
  }
  return all;
}

TestError RatingTask::error_of(std::span<const float> prediction) const {
  const std::vector<float>& actual = dataset_.split.test.value;
  std::vector<float> warm_prediction;
  std::vector<float> warm_actual;
  for (std::size_t i = 0; i < actual.size(); ++i) {
    if (warm_test_[i] == 0) continue;
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
