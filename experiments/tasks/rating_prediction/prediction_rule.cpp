#include "experiments/tasks/rating_prediction/prediction_rule.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "experiments/tasks/rating_prediction/rating_task.hpp"
#include "runtime/metrics/statistics.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

void apply_rule(const PredictionRule& rule, std::span<float> prediction) {
  const auto low = static_cast<float>(rule.min);
  const auto high = static_cast<float>(rule.max);
  for (std::size_t i = 0; i < prediction.size(); ++i) {
    const bool cold = rule.cold && !rule.warm.empty() && rule.warm[i] == 0;
    prediction[i] = cold ? static_cast<float>(*rule.cold) : std::clamp(prediction[i], low, high);
  }
}

Validate validate_by_rmse(DeviceContext& context, Model& model, const CsrMatrix& input,
                          const CsrMatrix& cells, const PredictionRule& rule,
                          const RatingScaling& scaling) {
  const auto predictor = std::make_shared<Predictor>(context, model, asked_of(input, cells));
  return [predictor, rule, scaling, actual = cells.host_values()](const EpochEnd& end) {
    const std::span<float> prediction = predictor->predict(end.steps);
    scaling.to_ratings(prediction);
    const double raw = metrics::rmse<float>(prediction, actual);
    apply_rule(rule, prediction);
    const double ruled = metrics::rmse<float>(prediction, actual);
    return Validation{{{&metric::rmse, ruled, static_cast<std::int64_t>(actual.size())}}, raw};
  };
}

}  // namespace lacuna::experiments
