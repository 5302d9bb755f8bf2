#include "experiments/tasks/regression/regression_task.hpp"

#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <stdexcept>

#include "experiments/tasks/rows/row_groups.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

namespace {

/// Weighted means of |error| and error^2, in the target's own unit.
struct Errors {
  double absolute = 0;
  double squared = 0;
};

Errors errors_of(std::vector<float> predicted, std::vector<float> actual,
                 std::span<const float> weights, const data::ColumnScaling& scaling) {
  if (predicted.size() != actual.size()) {
    throw std::logic_error(
        fmt::format("{} predictions of {} numbers", predicted.size(), actual.size()));
  }
  scaling.undo(predicted);
  scaling.undo(actual);
  Errors sums;
  double total = 0;
  for (std::size_t i = 0; i < actual.size(); ++i) {
    const double weight = weights.empty() ? 1.0 : static_cast<double>(weights[i]);
    const double error = static_cast<double>(predicted[i]) - static_cast<double>(actual[i]);
    sums.absolute += weight * std::abs(error);
    sums.squared += weight * error * error;
    total += weight;
  }
  return {sums.absolute / total, sums.squared / total};
}

std::string name_of(const LinearRegression& ridge) {
  return fmt::format("ridge regression, L2 {}", ridge.l2);
}

std::vector<double> doubles(const std::vector<float>& values) {
  return {values.begin(), values.end()};
}

std::vector<float> floats(const std::vector<double>& values) {
  std::vector<float> converted;
  for (const double value : values) converted.push_back(static_cast<float>(value));
  return converted;
}

}  // namespace

TestScores RegressionTask::scores_of(const data::DataSet& part,
                                     std::span<const float> predicted) const {
  const Errors errors = errors_of({predicted.begin(), predicted.end()}, numbers_of(part),
                                  weights_of(part), schema()->target_scaling);
  return {{&regression_scores[0], std::sqrt(errors.squared), part.rows()},
          {&regression_scores[1], errors.absolute, part.rows()}};
}

double RegressionTask::training_unit() const {
  const std::vector<double>& scale = schema()->target_scaling.scale;
  return scale.empty() ? 1 : scale.front();
}

Validate RegressionTask::validate(DeviceContext& context, Model& model,
                                  const EvaluateConfig&) const {
  const auto predictor = std::make_shared<Predictor>(context, model, data().validation());
  return [this, predictor](const EpochEnd&) {
    const TestScores scores = scores_of(split().validation, predictor->predict());
    return Validation{.scores = {{&metric::rmse, scores[0].value, scores[0].count},
                                 {&metric::mae, scores[1].value, scores[1].count}},
                      .watched = scores[0].value};
  };
}

// What a network is for: where a linear model does as well, it is of no use.
ValidationBaseline RegressionTask::validation_baseline(const EvaluateConfig&, const Metric&) const {
  if (model_facts().columns > widest_ridge_baseline) {
    const TestScores scores = scores_of(split().validation, means(split().validation));
    return {"training mean", {&metric::rmse, scores[0].value, scores[0].count}};
  }
  const LinearRegression ridge = fitted();
  const TestScores scores =
      scores_of(split().validation, floats(ridge.predict(filled(split().validation).inputs())));
  return {name_of(ridge), {&metric::rmse, scores[0].value, scores[0].count}};
}

LinearRegression RegressionTask::fitted() const {
  const FilledRows training = filled(split().train), validation = filled(split().validation);
  const std::vector<double> targets = doubles(numbers_of(split().train));
  const std::vector<double> held_out = doubles(numbers_of(split().validation));
  return best_ridge_regression({training.inputs(), targets, training.weights()},
                               {validation.inputs(), held_out, validation.weights()});
}

TestResult RegressionTask::test(DeviceContext& context, Model& model, const EvaluateConfig&) const {
  Predictor predictor(context, model, data().test());
  const std::span<const float> predicted = predictor.predict();
  check_finite(predicted, "test rows");
  return {.scores = scores_of(split().test, predicted), .details = group_details(predicted)};
}

Details RegressionTask::group_details(std::span<const float> predicted) const {
  Details details;
  for (RowGroup& group : by_group(split().test, predicted)) {
    details.emplace_back("rmse_" + group.name, scores_of(group.rows, group.outputs)[0].value);
    schema()->target_scaling.undo(group.outputs);
    details.emplace_back("output_" + group.name, column_means(group.outputs, 1)[0]);
  }
  return details;
}

std::vector<float> RegressionTask::means(const data::DataSet& part) const {
  const FilledRows training = filled(split().train);
  const std::vector<double> targets = doubles(numbers_of(split().train));
  const double mean = training_mean({training.inputs(), targets, training.weights()});
  return std::vector<float>(static_cast<std::size_t>(part.rows()), static_cast<float>(mean));
}

std::vector<Baseline> RegressionTask::baselines(const EvaluateConfig&) const {
  const Baseline mean{"training mean", scores_of(split().test, means(split().test))};
  if (model_facts().columns > widest_ridge_baseline) return {mean};
  const LinearRegression ridge = fitted();
  return {mean,
          {name_of(ridge),
           scores_of(split().test, floats(ridge.predict(filled(split().test).inputs())))}};
}

}  // namespace lacuna::experiments
