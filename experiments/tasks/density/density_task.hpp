#pragma once

#include <array>

#include "experiments/tasks/density/density_config.hpp"
#include "experiments/tasks/rows/row_task.hpp"

namespace lacuna::experiments {

/// What a density of test rows is scored by.
inline constexpr std::array<ScoreForm, 2> density_scores{
    {{.name = "nll", .metric = &metric::nll, .count_name = "rows", .column = "NLL, nats"},
     {.name = "bits_per_dim",
      .metric = &metric::bits_per_dim,
      .count_name = "rows",
      .column = "bits per dim."}}};

/// ln p(row) of each test row.
inline constexpr std::string_view likelihoods_file = "log_likelihoods.npy";

/// Throws ConfigError where a model has no log-likelihood.
void check_likelihood(const Model& model);

/// Throws DataError that says which of the part's rows has another value than 0 and 1, or missing
/// cells.
void check_binary(const data::DataSet& part, std::string_view name);

/// Rows of 0 and 1, and how probable a model finds them.
class DensityTask final : public RowTask {
 public:
  /// Throws DataError as load_images() and check_binary().
  DensityTask(DeviceContext& context, const DataConfig& config);

  const TaskKind& kind() const override { return task_kind(DensityConfig{}); }

  /// Losses are told for a cell, NLL for a row.
  double training_unit() const override { return static_cast<double>(model_facts().columns); }
  /// Throws ConfigError as check_likelihood().
  Validate validate(DeviceContext& context, Model& model,
                    const EvaluateConfig& config) const override;
  ValidationBaseline validation_baseline(const EvaluateConfig& config,
                                         const Metric& chosen_by) const override;
  TestResult test(DeviceContext& context, Model& model,
                  const EvaluateConfig& config) const override;
  std::vector<Baseline> baselines(const EvaluateConfig& config) const override;

 private:
  double independent_nll(const data::DataSet& part) const;
  TestScores scores_of(double nll) const;
};

}  // namespace lacuna::experiments
