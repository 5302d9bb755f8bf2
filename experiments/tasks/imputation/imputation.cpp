#include "experiments/tasks/imputation/imputation_task.hpp"
#include "experiments/tasks/imputation/imputed_matrix.hpp"
#include "experiments/tasks/task_kind.hpp"

namespace lacuna::experiments {

namespace {

class ImputationKind final : public TaskKind {
 public:
  std::string_view name() const override { return ImputationConfig::tag; }
  std::string_view cases() const override { return "values"; }

  std::unique_ptr<Task> load(DeviceContext& context, const DataConfig& config,
                             const data::LoadOptions& options) const override {
    return std::make_unique<ImputationTask>(
        context, data::load_counts(std::get<data::CountsSource>(config), options));
  }

  const Metric& chosen_by(const EvaluateConfig&, const Model&) const override {
    return metric::rmse;
  }
  std::span<const ScoreForm> test_scores() const override { return imputation_scores; }

  std::span<const PredictOption> predict_options() const override { return {}; }
  std::span<const std::string_view> prediction_files() const override {
    return imputed_matrix_files;
  }
  std::unique_ptr<Predictions> predict(const PredictRequest& request) const override {
    return impute_matrix(request);
  }

  ReportTexts report_texts() const override;
};

ReportTexts ImputationKind::report_texts() const {
  return {.data = {{"cells", "rows"},
                   {"genes", "columns"},
                   {"training values", "train_values"},
                   {"validation values", "validation_values"},
                   {"test values", "test_values"}},
          .protocol = {{"split seed", "data.split_seed"},
                       {"share tested", "data.test_share"},
                       {"share for validation", "data.validation_share"}},
          .same_test = {"test_values", "data.split_seed", "data.test_share",
                        "data.validation_share", "data.preprocess"},
          .caption = "Errors on the hidden test values; s: seconds of training",
          .note =
              "cells are predicted from their training values only; values are non-zeros, "
              "preprocessed before they were split.",
          .not_compared =
              "Variants with other test values, split or preprocessing are not "
              "compared."};
}

}  // namespace

const TaskKind& task_kind(const ImputationConfig&) {
  static const ImputationKind kind;
  return kind;
}

}  // namespace lacuna::experiments
