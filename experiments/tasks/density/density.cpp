#include <fmt/format.h>

#include "experiments/report/html.hpp"
#include "experiments/tasks/density/density_task.hpp"
#include "experiments/tasks/density/row_likelihoods.hpp"
#include "experiments/tasks/rows/array_files.hpp"
#include "experiments/tasks/rows/predict_rows.hpp"
#include "experiments/tasks/rows/report_texts.hpp"
#include "experiments/tasks/rows/row_pictures.hpp"

namespace lacuna::experiments {

namespace {

class DensityKind final : public TaskKind {
 public:
  std::string_view name() const override { return DensityConfig::tag; }
  std::string_view cases() const override { return "rows"; }

  std::unique_ptr<Task> load(DeviceContext& context, const DataConfig& config,
                             const data::LoadOptions&) const override {
    return std::make_unique<DensityTask>(context, config);
  }

  const Metric& chosen_by(const EvaluateConfig&, const Model&) const override {
    return metric::nll;
  }
  std::span<const ScoreForm> test_scores() const override { return density_scores; }

  std::span<const PredictOption> predict_options() const override { return row_predict_options; }
  std::unique_ptr<Predictions> predict(const PredictRequest& request) const override {
    return row_likelihoods(request);
  }

  ReportTexts report_texts() const override {
    return row_report_texts("Scores on the test rows; s: seconds of training",
                            "NLL: -ln p of a row, the mean over rows. Bits per dimension: the same "
                            "in bits, by the row's columns.");
  }
  std::string report_sections(const std::vector<report::LaunchRecord>& launches,
                              report::ChartDrawer& drawer) const override {
    std::string figures;
    for (const report::VariantRecord* variant : report::variants_of(launches)) {
      figures += report::draw_rows(
          *variant,
          {.file = samples_file, .title = "samples", .remark = "New rows, drawn from the model."},
          drawer);
    }
    if (figures.empty()) return "";
    return report::section("Samples", fmt::format("<div class=\"charts\">\n{}</div>\n", figures));
  }
};

}  // namespace

const TaskKind& task_kind(const DensityConfig&) {
  static const DensityKind kind;
  return kind;
}

}  // namespace lacuna::experiments
