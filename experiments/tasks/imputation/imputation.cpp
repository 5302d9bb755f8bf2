#include "experiments/tasks/imputation/imputation_task.hpp"
#include "experiments/tasks/imputation/imputed_matrix.hpp"
#include "experiments/tasks/probe/probe_chart.hpp"
#include "experiments/tasks/task_kind.hpp"

namespace lacuna::experiments {

namespace {

constexpr ProbeWords words{"cell", "gene", "value"};

std::optional<Probe> look(DeviceContext& context, Model& model, const Task& task,
                          const Moment& moment) {
  const auto& settings = std::get<ImputationConfig>(moment.evaluate).probe;
  if (!settings) return std::nullopt;
  const data::CountsSplit& split = static_cast<const ImputationTask&>(task).split();
  const auto names = [&](std::int64_t row, std::int64_t col) {
    return std::pair{data::name_at(split.counts.cell_names, row),
                     data::name_at(split.counts.gene_names, col)};
  };
  return probe(context, model, {.train = split.train, .test = split.test, .names = names},
               *settings, moment);
}

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

  bool wants_pictures(const EvaluateConfig& config) const override {
    return std::get<ImputationConfig>(config).probe.has_value();
  }
  std::unique_ptr<Pictures> pictures() const override { return probe_pictures(look, words); }

  std::span<const PredictOption> predict_options() const override { return {}; }
  std::span<const std::string_view> prediction_files() const override {
    return imputed_matrix_files;
  }
  std::unique_ptr<Predictions> predict(const PredictRequest& request) const override {
    return impute_matrix(request);
  }

  ReportTexts report_texts() const override;
  std::string report_sections(const std::vector<report::LaunchRecord>& launches,
                              report::ChartDrawer& drawer) const override {
    return report::probe_section(launches, drawer, words);
  }
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
