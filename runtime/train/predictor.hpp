#pragma once

#include <span>
#include <vector>

#include "runtime/sparse/csr_matrix.hpp"
#include "runtime/train/trainable.hpp"

namespace lacuna {

/// A model applied: predicts the entries of `cells` from the rows of `input`, some thousand rows
/// at a time.
class Predictor {
 public:
  /// Refers to both matrices, which have the same number of rows.
  Predictor(DeviceContext& context, Trainable<float>& model, const CsrMatrix<float>& input,
            const CsrMatrix<float>& cells);
  Predictor(const Predictor&) = delete;
  Predictor& operator=(const Predictor&) = delete;

  /// The raw predictions, in the order of the entries of `cells`; valid until the next call.
  std::span<float> predict();

 private:
  DeviceRuntime& runtime_;
  const CsrMatrix<float>& input_;
  const CsrMatrix<float>& cells_;
  Batch<float> batch_;
  Program<float> program_;
  Tensor piece_;
  std::vector<float> prediction_;
};

}  // namespace lacuna
