#pragma once

#include <limits>
#include <span>

#include "runtime/train/trainable.hpp"

namespace lacuna {

/// Predictions are held to [min, max]; by default anything passes.
struct ClipRange {
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
};

/// A model applied: predicts the entries of `cells` from the rows of `input`.
class Predictor {
 public:
  /// `capacity` bounds the rows and entries of every later call.
  Predictor(DeviceContext& context, Trainable<float>& model, BatchCapacity capacity);
  Predictor(const Predictor&) = delete;
  Predictor& operator=(const Predictor&) = delete;

  /// The predictions, clipped, in the order of the entries of `cells`; valid until the next call.
  std::span<const float> predict(const CsrMatrix<float>& input, const CsrMatrix<float>& cells,
                                 const ClipRange& clip);

 private:
  Batch<float> batch_;
  Program<float> program_;
  Tensor prediction_;
};

/// The one range rule for evaluation and early stopping: RMSE in double of clipped predictions.
double clipped_rmse(Predictor& predictor, const CsrMatrix<float>& input,
                    const CsrMatrix<float>& cells, const ClipRange& clip);

}  // namespace lacuna
