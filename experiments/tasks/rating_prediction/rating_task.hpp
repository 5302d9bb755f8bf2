#pragma once

#include <vector>

#include "experiments/experiment.hpp"
#include "experiments/tasks/rating_prediction/prediction_rule.hpp"
#include "runtime/data/ratings/load.hpp"
#include "runtime/data/ratings/rating_stats.hpp"
#include "runtime/sparse/csr_matrix.hpp"

namespace lacuna::experiments {

/// Host arrays as a matrix on the device.
CsrMatrix<float> upload(DeviceContext& context, const data::CsrArrays& host);

/// Error on test ratings.
struct TestError {
  double rmse = 0;
  double mae = 0;
  double warm_rmse =
      0;  ///< pairs whose user and item both have training ratings; NaN: there are none
  std::int64_t pairs = 0;
  std::int64_t warm_pairs = 0;
};

/// A split data set on the device, with what its evaluation needs.
class RatingTask {
 public:
  RatingTask(DeviceContext& context, data::Dataset dataset);

  const data::Dataset& dataset() const { return dataset_; }
  const data::RatingStats& stats() const { return stats_; }
  const CsrMatrix<float>& train() const { return train_; }
  const CsrMatrix<float>& validation() const { return validation_; }
  const CsrMatrix<float>& test() const { return test_; }

  models::InputStatistics input_statistics() const;

  /// How predictions of validation ratings are judged; the test ratings' rule differs in its mask
  /// only.
  PredictionRule validation_rule(const EvaluateConfig& config) const;

  /// The rule for other cells; `warm` by cell: 0 where the row or the column has no training
  /// rating. Refers to `warm`.
  PredictionRule rule(const EvaluateConfig& config, std::span<const std::uint8_t> warm) const;

  /// Where a test pair lies whose row and column both have training ratings.
  const std::vector<std::uint8_t>& warm_test() const { return warm_test_; }

  /// The model's error on test ratings: rows are predicted from their training cells only.
  TestError evaluate(DeviceContext& context, Trainable<float>& model,
                     const EvaluateConfig& config) const;

  /// What a model is measured against: predictors that need no training. Cold pairs get
  /// what is left of them, the mean or one bias. The last is
  /// the generator's own truth, where the data are generated.
  struct Baseline {
    std::string name;
    TestError error;
  };
  std::vector<Baseline> baselines(const EvaluateConfig& config) const;

 private:
  TestError error_of(std::span<const float> prediction) const;

  data::Dataset dataset_;
  data::RatingStats stats_;
  std::vector<std::uint8_t> warm_validation_;
  std::vector<std::uint8_t> warm_test_;
  CsrMatrix<float> train_;
  CsrMatrix<float> validation_;
  CsrMatrix<float> test_;
};

}  // namespace lacuna::experiments
