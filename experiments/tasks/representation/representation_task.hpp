#pragma once

#include <array>

#include "experiments/tasks/representation/representation_config.hpp"
#include "experiments/tasks/rows/row_task.hpp"

namespace lacuna::experiments {

/// What codes of test rows are scored by; NaN where a model or the data have no such score.
inline constexpr std::array<ScoreForm, 6> representation_scores{
    {{.name = "probe_error_rate",
      .metric = &metric::error_rate,
      .count_name = "rows",
      .column = "probe error"},
     {.name = "reconstruction_rmse",
      .metric = &metric::rmse,
      .count_name = "rows",
      .column = "reconstruction"},
     {.name = "active", .metric = &metric::active, .count_name = "rows", .column = "active"},
     {.name = "dead", .metric = &metric::dead, .count_name = "rows", .column = "dead"},
     {.name = "hoyer", .metric = &metric::hoyer, .count_name = "rows", .column = "Hoyer"},
     {.name = "pseudo_nll", .metric = &metric::pseudo_nll, .count_name = "rows"}}};

/// What chooses the best epoch of a model.
const Metric& chosen_by(const RepresentationConfig& config, const Model& model);
/// A unit of the model's code is active where it is above that.
double active_above(const RepresentationConfig& config, const Model& model);

/// Rows, and what a model makes of them: codes, and the rows again.
class RepresentationTask final : public RowTask {
 public:
  RepresentationTask(DeviceContext& context, const DataConfig& config)
      : RowTask(context, load_rows(config)), threads_(context.exec().threads) {}

  const TaskKind& kind() const override { return task_kind(RepresentationConfig{}); }

  /// Throws ConfigError where the probe is to choose and the rows have no classes.
  Validate validate(DeviceContext& context, Model& model,
                    const EvaluateConfig& config) const override;
  ValidationBaseline validation_baseline(const EvaluateConfig& config,
                                         const Metric& chosen_by) const override;
  TestResult test(DeviceContext& context, Model& model,
                  const EvaluateConfig& config) const override;
  std::vector<Baseline> baselines(const EvaluateConfig& config) const override;

 private:
  bool probes(const RepresentationConfig& config) const;

  int threads_;
};

}  // namespace lacuna::experiments
