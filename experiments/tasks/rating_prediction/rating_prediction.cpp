#include "experiments/tasks/probe/probe_chart.hpp"
#include "experiments/tasks/rating_prediction/error_chart.hpp"
#include "experiments/tasks/rating_prediction/predict.hpp"
#include "experiments/tasks/rating_prediction/rating_probe.hpp"
#include "experiments/tasks/rating_prediction/rating_task.hpp"
#include "experiments/tasks/task_kind.hpp"

namespace lacuna::experiments {

namespace {

class RatingPredictionKind final : public TaskKind {
 public:
  std::string_view name() const override { return RatingPredictionConfig::tag; }
  std::string_view cases() const override { return "ratings"; }

  std::unique_ptr<Task> load(DeviceContext& context, const DataConfig& config,
                             const data::LoadOptions& options) const override {
    const auto source = family_of<data::RatingsSource>(config).value();
    return std::make_unique<RatingTask>(context, data::load(source, options), data::common(source));
  }

  const Metric& chosen_by(const EvaluateConfig&, const Model&) const override {
    return metric::rmse;
  }
  std::span<const ScoreForm> test_scores() const override { return rating_scores; }
  std::vector<std::string_view> protocol() const override { return {"clip", "cold"}; }

  bool wants_pictures(const EvaluateConfig& config) const override {
    return std::get<RatingPredictionConfig>(config).probe.has_value();
  }
  std::unique_ptr<Pictures> pictures() const override { return rating_probes(); }

  std::span<const PredictOption> predict_options() const override { return rating_predict_options; }
  std::unique_ptr<Predictions> predict(const PredictRequest& request) const override {
    return predict_ratings(request);
  }

  ReportTexts report_texts() const override;
  std::string report_sections(const std::vector<report::LaunchRecord>& launches,
                              report::ChartDrawer& drawer) const override {
    return report::error_section(launches, drawer) +
           report::probe_section(launches, drawer, rating_words);
  }
};

ReportTexts RatingPredictionKind::report_texts() const {
  return {.data = {{"rows", "rows"},
                   {"columns", "columns"},
                   {"training ratings", "train_ratings"},
                   {"validation ratings", "validation_ratings"},
                   {"test ratings", "test_ratings"}},
          .protocol = {{"a row is a", "data.vectors"},
                       {"split seed", "data.split_seed"},
                       {"split", "data.split"},
                       {"share tested", "data.test_share"},
                       {"share for validation", "data.validation_share"},
                       {"predictions clipped", "evaluate.clip"},
                       {"cold pairs get", "evaluate.cold"}},
          .same_test = {"test_ratings", "data.split", "data.split_seed", "data.test_share",
                        "data.validation_share", "data.leave_out", "data.duplicates",
                        "data.drop_values", "data.least_per_user", "data.least_per_item",
                        "data.test_path", "data.fold", "evaluate.clip", "evaluate.cold",
                        "evaluate.ranking.k", "evaluate.ranking.relevant"},
          .caption = "Errors on the test ratings; s: seconds of training",
          .note =
              "rows are predicted from their training ratings only. Warm pairs are those whose "
              "user and item both have training ratings.",
          .not_compared =
              "Variants with other test ratings, split, clipping or cold policy are "
              "not compared."};
}

}  // namespace

const TaskKind& task_kind(const RatingPredictionConfig&) {
  static const RatingPredictionKind kind;
  return kind;
}

}  // namespace lacuna::experiments
