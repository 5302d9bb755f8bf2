#include "experiments/tasks/rating_prediction/rating_task.hpp"

#include <fmt/format.h>

#include "experiments/tasks/rating_prediction/error_by_count.hpp"
#include "experiments/tasks/rating_prediction/ranking.hpp"
#include "runtime/data/ratings/baselines.hpp"
#include "runtime/data/ratings/describe_ratings.hpp"
#include "runtime/data/ratings/id_map.hpp"
#include "runtime/data/upload.hpp"
#include "runtime/metrics/statistics.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

using config::Json;

RatingTask::RatingTask(DeviceContext& context, data::Dataset dataset,
                       const data::RatingsConfig& config)
    : dataset_(std::make_shared<const data::Dataset>(std::move(dataset))),
      vectors_(config.vectors),
      stats_(data::rating_stats(dataset_->split.train)),
      scaling_(scaling_of(config.scale, stats_)),
      warm_validation_(data::warm_entries(dataset_->split.validation, stats_)),
      warm_test_(data::warm_entries(dataset_->split.test, stats_)),
      numbers_(training_numbers()),
      train_(upload(context, numbers_)),
      validation_(upload(context, dataset_->split.validation)),
      rows_(rows_from_themselves(train_)) {}

std::shared_ptr<const data::CsrArrays> RatingTask::training_numbers() const {
  const data::CsrArrays& ratings = dataset_->split.train;
  if (scaling_.is_identity()) return {dataset_, &ratings};
  return std::make_shared<const data::CsrArrays>(scaling_.to_numbers(ratings));
}

const TaskKind& RatingTask::kind() const {
  return task_kind(RatingPredictionConfig{});
}

std::string RatingTask::training_size() const {
  return fmt::format("{} rows x {} columns, {} training ratings", train_.rows(), train_.cols(),
                     train_.nnz());
}

std::string RatingTask::size() const {
  return fmt::format("{} rows x {} columns, {} training, {} validation, {} test ratings",
                     train_.rows(), train_.cols(), train_.nnz(), validation_.nnz(),
                     dataset_->split.test.nnz());
}

Json RatingTask::facts() const {
  return Json::object({{"rows", train_.rows()},
                       {"columns", train_.cols()},
                       {"train_ratings", train_.nnz()},
                       {"train_mean", stats_.mean},
                       {"train_min", static_cast<double>(stats_.min)},
                       {"train_max", static_cast<double>(stats_.max)},
                       {"validation_ratings", validation_.nnz()},
                       {"test_ratings", dataset_->split.test.nnz()}});
}

std::vector<NamedFile> RatingTask::setup_files() const {
  return {{"users.csv", data::id_map_text(dataset_->ids.user)},
          {"items.csv", data::id_map_text(dataset_->ids.item)}};
}

Facts RatingTask::model_facts() const {
  return {.columns = train_.cols(),
          .mean_count = static_cast<double>(train_.nnz()) / static_cast<double>(train_.rows()),
          .entries = numbers_};
}

PredictionRule RatingTask::rule(const RatingPredictionConfig& config,
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

PredictionRule RatingTask::validation_rule(const RatingPredictionConfig& config) const {
  return rule(config, warm_validation_);
}

std::vector<double> RatingTask::mean_targets() const {
  return data::row_means(dataset_->split.train);
}

std::string RatingTask::description() const {
  return data::describe_ratings(*dataset_, vectors_);
}

std::vector<NamedFile> RatingTask::exported() const {
  const data::Split& split = dataset_->split;
  std::vector<NamedFile> files;
  const auto add = [&](const char* name, const data::CsrArrays& part) {
    files.push_back({name, data::ratings_text(part, dataset_->ids, vectors_)});
  };
  add("train.csv", split.train);
  add("validation.csv", split.validation);
  add("test.csv", split.test);
  return files;
}

std::vector<std::int64_t> RatingTask::non_zeros() const {
  std::vector<std::int64_t> counts;
  for (std::int64_t r = 0; r < train_.rows(); ++r) counts.push_back(train_.length(r));
  return counts;
}

Validate RatingTask::validate(DeviceContext& context, Model& model,
                              const EvaluateConfig& config) const {
  return validate_by_rmse(context, model, train_, validation_,
                          validation_rule(std::get<RatingPredictionConfig>(config)), scaling_);
}

ValidationBaseline RatingTask::validation_baseline(const EvaluateConfig&, const Metric&) const {
  const std::vector<float>& actual = dataset_->split.validation.value;
  const std::vector<float> mean(actual.size(), static_cast<float>(stats_.mean));
  return {"training mean", {&metric::rmse, metrics::rmse<float>(mean, actual), validation_.nnz()}};
}

TestResult RatingTask::test(DeviceContext& context, Model& model,
                            const EvaluateConfig& config) const {
  Predictor predictor(context, model, asked_of(train_, upload(context, dataset_->split.test)));
  const std::span<float> prediction = predictor.predict();
  scaling_.to_ratings(prediction);
  apply_rule(rule(std::get<RatingPredictionConfig>(config), warm_test_), prediction);
  TestResult result{.scores = scores_of(prediction)};
  result.files.push_back(file_of(error_by_count(dataset_->split.test, stats_.per_row, prediction)));
  const auto& rating_config = std::get<RatingPredictionConfig>(config);
  if (rating_config.ranking) {
    const RankingScores ranking = rank(context, model, *this, rating_config);
    const TestScores of_lists = ranking.scores();
    result.scores.insert(result.scores.end(), of_lists.begin(), of_lists.end());
    result.details.emplace_back("users_without_relevant", static_cast<double>(ranking.without));
    result.remarks.push_back(ranking.text());
  }
  return result;
}

std::vector<Baseline> RatingTask::baselines(const EvaluateConfig& config) const {
  const data::Split& split = dataset_->split;
  const PredictionRule clip = rule(std::get<RatingPredictionConfig>(config), {});
  const std::vector<float> mean(split.test.value.size(), static_cast<float>(stats_.mean));
  std::vector<float> biases =
      data::predict(data::fit_biases(split.train, split.validation), split.test);
  apply_rule(clip, biases);
  std::vector<Baseline> all{{"global mean", scores_of(mean)},
                            {"user + item bias", scores_of(biases)}};
  if (!split.test_truth.empty()) {
    std::vector<float> truth = split.test_truth;
    apply_rule(clip, truth);
    all.push_back({"noise floor", scores_of(truth)});
  }
  return all;
}

TestScores RatingTask::scores_of(std::span<const float> prediction) const {
  const std::vector<float>& actual = dataset_->split.test.value;
  std::vector<float> warm_prediction;
  std::vector<float> warm_actual;
  for (std::size_t i = 0; i < actual.size(); ++i) {
    if (warm_test_[i] == 0) continue;
    warm_prediction.push_back(prediction[i]);
    warm_actual.push_back(actual[i]);
  }
  const auto pairs = static_cast<std::int64_t>(actual.size());
  return {{&rmse_score, metrics::rmse<float>(prediction, actual), pairs},
          {&mae_score, metrics::mae<float>(prediction, actual), pairs},
          {&warm_rmse_score, metrics::rmse<float>(warm_prediction, warm_actual),
           static_cast<std::int64_t>(warm_actual.size())}};
}

}  // namespace lacuna::experiments
