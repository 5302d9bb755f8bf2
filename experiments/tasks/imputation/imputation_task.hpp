#pragma once

#include <array>
#include <memory>
#include <vector>

#include "experiments/tasks/task.hpp"
#include "runtime/data/counts/load_counts.hpp"

namespace lacuna::experiments {

/// Errors over the hidden non-zeros.
inline constexpr std::array<ScoreForm, 3> imputation_scores{
    {{.name = "rmse", .metric = &metric::rmse, .count_name = "hidden", .column = "test RMSE"},
     {.name = "mae", .metric = &metric::mae, .count_name = "hidden", .column = "MAE"},
     {.name = "nmse", .metric = &metric::nmse, .count_name = "hidden", .column = "NMSE"}}};

/// Cells with genes of which some were not found: predictions of hidden non-zeros from the others
/// of their cell.
class ImputationTask final : public Task {
 public:
  ImputationTask(DeviceContext& context, data::CountsSplit split);

  const data::CountsSplit& split() const { return *split_; }
  const CsrMatrix& train_matrix() const { return train_; }

  const TaskKind& kind() const override;
  const std::string& source() const override { return split_->counts.source; }
  const std::string& checksum() const override { return split_->counts.checksum; }
  std::string training_size() const override;
  std::string size() const override;
  config::Json facts() const override;
  std::vector<NamedFile> setup_files() const override;
  Facts model_facts() const override;
  std::vector<std::int64_t> non_zeros() const override;
  std::vector<double> mean_targets() const override;
  std::string description() const override;
  std::vector<NamedFile> exported() const override;
  const DeviceRows& train() const override { return rows_; }
  Validate validate(DeviceContext& context, Model& model,
                    const EvaluateConfig& config) const override;
  ValidationBaseline validation_baseline(const EvaluateConfig& config,
                                         const Metric& chosen_by) const override;
  TestResult test(DeviceContext& context, Model& model,
                  const EvaluateConfig& config) const override;
  std::vector<Baseline> baselines(const EvaluateConfig& config) const override;

 private:
  std::shared_ptr<const data::CountsSplit> split_;
  std::vector<float> gene_mean_;  // over training values; of genes without any, of all of them
  CsrMatrix train_;
  CsrMatrix validation_;
  DeviceRows rows_;  // trained on
};

/// Of predictions of the entries of a matrix, in their order.
TestScores imputation_scores_of(std::span<const float> prediction, std::span<const float> actual);

}  // namespace lacuna::experiments
