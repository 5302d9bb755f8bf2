#pragma once

#include <array>

#include "experiments/tasks/regression/baselines.hpp"
#include "experiments/tasks/regression/regression_config.hpp"
#include "experiments/tasks/rows/row_task.hpp"

namespace lacuna::experiments {

/// What predicted numbers of test rows are scored by, in the target's own unit.
inline constexpr std::array<ScoreForm, 2> regression_scores{
    {{.name = "rmse", .metric = &metric::rmse, .count_name = "rows", .column = "test RMSE"},
     {.name = "mae", .metric = &metric::mae, .count_name = "rows", .column = "MAE"}}};

/// Rows of which a number is known, with what a model says of them.
class RegressionTask final : public RowTask {
 public:
  RegressionTask(DeviceContext& context, const DataConfig& config)
      : RowTask(context, load_numbers(config)) {}

  const TaskKind& kind() const override { return task_kind(RegressionConfig{}); }

  double training_unit() const override;
  Validate validate(DeviceContext& context, Model& model,
                    const EvaluateConfig& config) const override;
  ValidationBaseline validation_baseline(const EvaluateConfig& config,
                                         const Metric& chosen_by) const override;
  TestResult test(DeviceContext& context, Model& model,
                  const EvaluateConfig& config) const override;
  std::vector<Baseline> baselines(const EvaluateConfig& config) const override;

 private:
  /// Of predictions and targets as they are scaled.
  TestScores scores_of(const data::DataSet& part, std::span<const float> predicted) const;
  /// On training rows, its penalty chosen on validation rows.
  LinearRegression fitted() const;
  /// What is said of every row of a part without looking at it, scaled as the targets.
  std::vector<float> means(const data::DataSet& part) const;
  /// Errors and mean outputs of the test rows by group, where there are groups.
  Details group_details(std::span<const float> predicted) const;
};

}  // namespace lacuna::experiments
