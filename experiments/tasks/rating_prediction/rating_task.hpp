#pragma once

#include <memory>
#include <vector>

#include "experiments/tasks/rating_prediction/prediction_rule.hpp"
#include "experiments/tasks/rating_prediction/rating_scaling.hpp"
#include "experiments/tasks/rating_prediction/rating_scores.hpp"
#include "experiments/tasks/task.hpp"
#include "runtime/data/asked_rows.hpp"
#include "runtime/data/ratings/load.hpp"
#include "runtime/data/ratings/rating_stats.hpp"

namespace lacuna::experiments {

/// Ratings, split: predictions of the held-out ones from the training ratings of their row.
class RatingTask final : public Task {
 public:
  RatingTask(DeviceContext& context, data::Dataset dataset, const data::RatingsConfig& config = {});

  const data::Dataset& dataset() const { return *dataset_; }
  const data::RatingStats& stats() const { return stats_; }
  data::Orientation vectors() const { return vectors_; }
  /// What the model sees of ratings, and what they are made of its outputs.
  const RatingScaling& scaling() const { return scaling_; }
  /// In the model's numbers.
  const CsrMatrix& train_matrix() const { return train_; }
  const CsrMatrix& validation() const { return validation_; }

  /// How predictions of validation ratings are judged; the test ratings' rule differs in its mask
  /// only.
  PredictionRule validation_rule(const RatingPredictionConfig& config) const;

  /// The rule for other cells; `warm` by cell: 0 where the row or the column has no training
  /// rating. Refers to `warm`.
  PredictionRule rule(const RatingPredictionConfig& config,
                      std::span<const std::uint8_t> warm) const;

  /// Where a test pair lies whose row and column both have training ratings.
  const std::vector<std::uint8_t>& warm_test() const { return warm_test_; }

  const TaskKind& kind() const override;
  const std::string& source() const override { return dataset_->source; }
  const std::string& checksum() const override { return dataset_->checksum; }
  std::string training_size() const override;
  std::string size() const override;
  config::Json facts() const override;
  std::vector<NamedFile> setup_files() const override;
  Facts model_facts() const override;
  std::vector<std::int64_t> non_zeros() const override;
  std::vector<double> mean_targets() const override;
  std::string description() const override;
  std::vector<NamedFile> exported() const override;
  const DeviceRows& train() const override { return rows_; }
  double training_unit() const override { return scaling_.factor; }
  Validate validate(DeviceContext& context, Model& model,
                    const EvaluateConfig& config) const override;
  ValidationBaseline validation_baseline(const EvaluateConfig& config,
                                         const Metric& chosen_by) const override;
  TestResult test(DeviceContext& context, Model& model,
                  const EvaluateConfig& config) const override;
  /// Cold pairs get what is left of each, the mean or one bias. The last is the generator's own
  /// truth, where the data are generated.
  std::vector<Baseline> baselines(const EvaluateConfig& config) const override;

 private:
  std::shared_ptr<const data::CsrArrays> training_numbers() const;
  TestScores scores_of(std::span<const float> prediction) const;

  std::shared_ptr<const data::Dataset> dataset_;
  data::Orientation vectors_;
  data::RatingStats stats_;
  RatingScaling scaling_;
  std::vector<std::uint8_t> warm_validation_;
  std::vector<std::uint8_t> warm_test_;
  std::shared_ptr<const data::CsrArrays> numbers_;  // of training, as the model sees them
  CsrMatrix train_;
  CsrMatrix validation_;
  DeviceRows rows_;  // trained on: each row from itself
};

}  // namespace lacuna::experiments
