#pragma once

#include <array>
#include <optional>

#include "experiments/tasks/classification/classification_config.hpp"
#include "experiments/tasks/rows/logistic_regression.hpp"
#include "experiments/tasks/rows/row_task.hpp"
#include "runtime/metrics/classification.hpp"

namespace lacuna::experiments {

/// What classes of test rows are scored by.
inline constexpr std::array<ScoreForm, 5> classification_scores{
    {{.name = "accuracy",
      .metric = &metric::accuracy,
      .count_name = "rows",
      .column = "test accuracy"},
     {.name = "error_rate", .metric = &metric::error_rate, .count_name = "rows"},
     {.name = "auroc", .metric = &metric::auroc, .count_name = "rows", .column = "AUROC"},
     {.name = "auprc", .metric = &metric::auprc, .count_name = "rows", .column = "AUPRC"},
     {.name = "nll", .metric = &metric::nll, .count_name = "rows", .column = "NLL"}}};

const Metric& metric_of(ClassificationMetric chosen);

/// Rows whose classes are known, with what a model says of them.
class ClassificationTask final : public RowTask {
 public:
  ClassificationTask(DeviceContext& context, const DataConfig& config)
      : RowTask(context, load_classes(config)), threads_(context.exec().threads) {}

  const TaskKind& kind() const override { return task_kind(ClassificationConfig{}); }

  Validate validate(DeviceContext& context, Model& model,
                    const EvaluateConfig& config) const override;
  ValidationBaseline validation_baseline(const EvaluateConfig& config,
                                         const Metric& chosen_by) const override;
  TestResult test(DeviceContext& context, Model& model,
                  const EvaluateConfig& config) const override;
  Details change(DeviceContext& context, Model& trained, const InitialModel& initial,
                 const EvaluateConfig& config) const override;
  std::vector<Baseline> baselines(const EvaluateConfig& config) const override;

 private:
  metrics::ClassPredictions said(const data::DataSet& part,
                                 std::span<const float> probabilities) const;
  /// The training rows' shares of classes, for each row.
  std::vector<float> majority(const data::DataSet& part) const;
  /// Error rates and mean probabilities of the test rows by group, where there are groups.
  Details group_details(std::span<const float> probabilities) const;
  /// How many of the first layer's units are 0 in a test row, named after `when`.
  void add_layer_zeros(Details& details, DeviceContext& context, Model& model,
                       std::string_view when) const;
  /// On training rows, its penalty chosen on validation rows.
  const LogisticRegression& fitted() const;
  data::DataSet thinned(const data::DataSet& part) const;
  std::string name_of_linear() const;

  int threads_;
  mutable std::optional<LogisticRegression> fitted_;  // when it is first asked for
  mutable std::int64_t fitted_rows_ = 0;
};

}  // namespace lacuna::experiments
