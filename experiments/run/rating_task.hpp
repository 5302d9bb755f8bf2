#pragma once

#include <vector>

#include "experiments/experiment.hpp"
#include "runtime/data/load.hpp"
#include "runtime/sparse/csr_matrix.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

/// Error on test ratings.
struct TestError {
  double rmse = 0;
  double mae = 0;
  double warm_rmse = 0;  ///< pairs whose user and item both have training ratings
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
  ClipRange clip_range(const EvaluateConfig& config) const;

  /// The model's error: rows are predicted from their training cells, cold pairs by the policy.
  TestError evaluate(DeviceContext& context, Trainable<float>& model,
                     const EvaluateConfig& config) const;

  /// What a model is measured against: predictors that need no training, clipped alike. The last is
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
  std::vector<std::uint8_t> warm_;
  CsrMatrix<float> train_;
  CsrMatrix<float> validation_;
  CsrMatrix<float> test_;
};

}  // namespace lacuna::experiments
