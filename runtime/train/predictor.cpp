#include "runtime/train/predictor.hpp"

#include <algorithm>

#include "runtime/metrics/statistics.hpp"

namespace lacuna {

Predictor::Predictor(DeviceContext& context, Trainable<float>& model, BatchCapacity capacity)
    : program_(context, capacity), prediction_(model.record_prediction(program_, batch_)) {}

std::span<const float> Predictor::predict(const CsrMatrix<float>& input,
                                          const CsrMatrix<float>& cells, const ClipRange& clip) {
  const BatchCapacity& capacity = program_.capacity();
  if (input.rows() > capacity.rows || cells.nnz() > capacity.target_entries ||
      input.rows() != cells.rows()) {
    throw std::logic_error("a predictor was given rows or cells it was not recorded for");
  }
  batch_ = {input.rows(), &input, &cells};
  program_.forward();
  const std::span<float> result =
      prediction_.span<float>().first(static_cast<std::size_t>(cells.nnz()));
  for (float& value : result) {
    value = std::clamp(value, static_cast<float>(clip.min), static_cast<float>(clip.max));
  }
  return result;
}

double clipped_rmse(Predictor& predictor, const CsrMatrix<float>& input,
                    const CsrMatrix<float>& cells, const ClipRange& clip) {
  return metrics::rmse<float>(predictor.predict(input, cells, clip), cells.values());
}

}  // namespace lacuna
