#include "experiments/tasks/classification/class_predictions.hpp"
#include "experiments/tasks/classification/classification_task.hpp"
#include "experiments/tasks/classification/report_section.hpp"
#include "experiments/tasks/rows/report_texts.hpp"

namespace lacuna::experiments {

namespace {

class ClassificationKind final : public TaskKind {
 public:
  std::string_view name() const override { return ClassificationConfig::tag; }
  std::string_view cases() const override { return "rows"; }

  std::unique_ptr<Task> load(DeviceContext& context, const DataConfig& config,
                             const data::LoadOptions&) const override {
    return std::make_unique<ClassificationTask>(context, config);
  }

  const Metric& chosen_by(const EvaluateConfig& config, const Model&) const override {
    return metric_of(std::get<ClassificationConfig>(config).choose_by);
  }
  std::span<const ScoreForm> test_scores() const override { return classification_scores; }
  std::vector<std::string_view> protocol() const override { return {"choose_by"}; }

  std::span<const PredictOption> predict_options() const override { return row_predict_options; }
  std::unique_ptr<Predictions> predict(const PredictRequest& request) const override {
    return class_predictions(predict_rows(request));
  }

  ReportTexts report_texts() const override {
    return row_report_texts(
        "Scores on the test rows; s: seconds of training",
        "AUROC and AUPRC of more than two classes are means of each against the rest.");
  }
  std::string report_sections(const std::vector<report::LaunchRecord>& launches,
                              report::ChartDrawer& drawer) const override {
    return report::classification_section(launches, drawer);
  }
};

}  // namespace

const TaskKind& task_kind(const ClassificationConfig&) {
  static const ClassificationKind kind;
  return kind;
}

}  // namespace lacuna::experiments
