#include "runtime/train/predictor.hpp"

#include <algorithm>
#include <stdexcept>

namespace lacuna {

void apply_rule(const PredictionRule& rule, std::span<float> prediction) {
  const auto low = static_cast<float>(rule.min);
  const auto high = static_cast<float>(rule.max);
  for (std::size_t i = 0; i < prediction.size(); ++i) {
    const bool cold = rule.cold && !rule.warm.empty() && rule.warm[i] == 0;
    prediction[i] = cold ? static_cast<float>(*rule.cold) : std::clamp(prediction[i], low, high);
  }
}

Predictor::Predictor(DeviceContext& context, Trainable<float>& model, BatchCapacity capacity)
    : program_(context, capacity, Gradients::no),
      prediction_(model.record_prediction(program_, batch_)) {}

std::span<float> Predictor::predict(const CsrMatrix<float>& input, const CsrMatrix<float>& cells) {
  const BatchCapacity& capacity = program_.capacity();
  if (input.rows() > capacity.rows || cells.nnz() > capacity.target_entries ||
      input.rows() != cells.rows()) {
    throw std::logic_error("a predictor was given rows or cells it was not recorded for");
  }
  batch_ = {input.rows(), &input, &cells};
  program_.forward();
  return prediction_.span<float>().first(static_cast<std::size_t>(cells.nnz()));
}

std::span<float> Predictor::predict(const CsrMatrix<float>& input, const CsrMatrix<float>& cells,
                                    const PredictionRule& rule) {
  const std::span<float> prediction = predict(input, cells);
  apply_rule(rule, prediction);
  return prediction;
}

}  // namespace lacuna
