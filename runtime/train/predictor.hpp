#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "runtime/sparse/csr_matrix.hpp"
#include "runtime/train/trainable.hpp"

namespace lacuna {

/// What is made of a model's raw predictions, the same for choosing the best epoch and for the
/// test: pairs of which nothing is known get `cold`, all others are held to [min, max].
struct PredictionRule {
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  std::optional<double> cold = {};          ///< absent: the model's own prediction
  std::span<const std::uint8_t> warm = {};  ///< by entry: 0 for a cold pair; empty: none is cold
};

/// Applies the rule in place, in the order of the entries.
void apply_rule(const PredictionRule& rule, std::span<float> prediction);

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

  /// The same after the rule.
  std::span<float> predict(const PredictionRule& rule);

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
