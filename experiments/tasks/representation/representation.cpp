#include "experiments/tasks/representation/report_section.hpp"
#include "experiments/tasks/representation/representation_task.hpp"
#include "experiments/tasks/representation/row_report.hpp"
#include "experiments/tasks/rows/predict_rows.hpp"
#include "experiments/tasks/rows/report_texts.hpp"

namespace lacuna::experiments {

namespace {

class RepresentationKind final : public TaskKind {
 public:
  std::string_view name() const override { return RepresentationConfig::tag; }
  std::string_view cases() const override { return "rows"; }

  std::unique_ptr<Task> load(DeviceContext& context, const DataConfig& config,
                             const data::LoadOptions&) const override {
    return std::make_unique<RepresentationTask>(context, config);
  }

  const Metric& chosen_by(const EvaluateConfig& config, const Model& model) const override {
    return experiments::chosen_by(std::get<RepresentationConfig>(config), model);
  }
  std::span<const ScoreForm> test_scores() const override { return representation_scores; }
  std::vector<std::string_view> protocol() const override {
    return {"probe_rows_per_class", "probe_every"};
  }

  std::span<const PredictOption> predict_options() const override { return row_predict_options; }
  std::unique_ptr<Predictions> predict(const PredictRequest& request) const override {
    return row_report(request);
  }

  ReportTexts report_texts() const override {
    ReportTexts texts = row_report_texts(
        "Scores on the test rows; s: seconds of training",
        "Probe error: of a logistic regression on the codes. Reconstruction: root of the mean "
        "squared difference of a cell. Active and dead: shares of the units. Hoyer: 0 where all "
        "units are alike, 1 where one is active.");
    texts.same_test.insert(texts.same_test.end(),
                           {"evaluate.probe_rows_per_class", "evaluate.active_above"});
    return texts;
  }
  std::string report_sections(const std::vector<report::LaunchRecord>& launches,
                              report::ChartDrawer& drawer) const override {
    return report::representation_section(launches, drawer);
  }
};

}  // namespace

const TaskKind& task_kind(const RepresentationConfig&) {
  static const RepresentationKind kind;
  return kind;
}

}  // namespace lacuna::experiments
