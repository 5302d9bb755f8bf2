#include "experiments/tasks/regression/number_predictions.hpp"
#include "experiments/tasks/regression/regression_task.hpp"
#include "experiments/tasks/rows/report_texts.hpp"

namespace lacuna::experiments {

namespace {

class RegressionKind final : public TaskKind {
 public:
  std::string_view name() const override { return RegressionConfig::tag; }
  std::string_view cases() const override { return "rows"; }

  std::unique_ptr<Task> load(DeviceContext& context, const DataConfig& config,
                             const data::LoadOptions&) const override {
    return std::make_unique<RegressionTask>(context, config);
  }

  const Metric& chosen_by(const EvaluateConfig&, const Model&) const override {
    return metric::rmse;
  }
  std::span<const ScoreForm> test_scores() const override { return regression_scores; }

  std::span<const PredictOption> predict_options() const override { return row_predict_options; }
  std::unique_ptr<Predictions> predict(const PredictRequest& request) const override {
    return number_predictions(predict_rows(request));
  }

  ReportTexts report_texts() const override {
    return row_report_texts("Errors on the test rows; s: seconds of training",
                            "errors are in the target's own unit.");
  }
};

}  // namespace

const TaskKind& task_kind(const RegressionConfig&) {
  static const RegressionKind kind;
  return kind;
}

}  // namespace lacuna::experiments
