#include "experiments/tasks/representation/representation_task.hpp"

#include <algorithm>
#include <limits>
#include <memory>

#include "experiments/tasks/representation/code_files.hpp"
#include "experiments/tasks/representation/judge_codes.hpp"
#include "experiments/tasks/rows/independent_columns.hpp"
#include "runtime/data/upload.hpp"
#include "runtime/error.hpp"
#include "runtime/train/objective.hpp"

namespace lacuna::experiments {

namespace {

constexpr double absent = std::numeric_limits<double>::quiet_NaN();

using Codes = std::vector<float>;

Codes kept(std::span<const float> codes) {
  return {codes.begin(), codes.end()};
}

Codes codes_of(DeviceContext& context, Model& model, const DeviceRows& rows) {
  return kept(Predictor(context, model, rows, Output::code).predict());
}

/// Validation rows as a model and, where it is asked for, a probe see them.
class Judge {
 public:
  Judge(DeviceContext& context, Model& model, const RepresentationConfig& config,
        const data::SplitData& split, const DeviceRows& validation)
      : config_(config),
        split_(split),
        chosen_(chosen_by(config, model)),
        active_above_(active_above(config, model)),
        threads_(context.exec().threads),
        validation_(context, model, validation) {
    if (&chosen_ == &metric::objective) objective_.emplace(context, model, validation);
    if (config.probe_every == 0) return;
    probe_.emplace(split.train, config.probe_rows_per_class);
    probed_rows_ = upload(context, probe_->rows());
    probed_.emplace(context, model, probed_rows_, Output::code);
  }

  Validation operator()(int epoch) {
    const CodeScores said = judge_codes(split_.validation, validation_, active_above_);
    const bool judged = config_.probe_every == 0 || epoch % config_.probe_every == 0;
    std::vector<Score> scores;
    const auto add = [&](const Metric& metric, double value) {
      scores.push_back({&metric, value, split_.validation.rows()});
    };
    if (probe_) add(metric::error_rate, judged ? probe_error(said.codes) : absent);
    if (said.reconstruction_rmse) add(metric::rmse, *said.reconstruction_rmse);
    if (said.pseudo_nll) add(metric::pseudo_nll, *said.pseudo_nll);
    if (objective_) add(metric::objective, objective_->value());
    add(metric::active, said.code.active);
    add(metric::dead, said.code.dead);
    add(metric::hoyer, said.code.hoyer);
    std::ranges::stable_partition(scores,
                                  [this](const Score& score) { return score.metric == &chosen_; });
    return {.scores = scores, .watched = scores.front().value, .judged = judged};
  }

 private:
  double probe_error(std::span<const float> codes) {
    const Codes training = kept(probed_->predict());
    const Probe::Part validation{split_.validation, codes};
    return probe_->error_rate(training, validation, validation, validation_.units(), threads_);
  }

  RepresentationConfig config_;
  const data::SplitData& split_;
  const Metric& chosen_;
  double active_above_;
  int threads_;
  RowOutputs validation_;
  std::optional<Objective> objective_;  // for want of a decoder and a likelihood
  std::optional<Probe> probe_;
  DeviceRows probed_rows_;
  std::optional<Predictor> probed_;
};

TestScores scores_of(std::int64_t rows, double probe_error, double reconstruction_rmse,
                     const metrics::CodeStatistics& code, double pseudo_nll) {
  const auto& forms = representation_scores;
  return {{&forms[0], probe_error, rows}, {&forms[1], reconstruction_rmse, rows},
          {&forms[2], code.active, rows}, {&forms[3], code.dead, rows},
          {&forms[4], code.hoyer, rows},  {&forms[5], pseudo_nll, rows}};
}

constexpr metrics::CodeStatistics no_code_statistics() {
  return {absent, absent, absent, {}, {}, {}};
}

/// The column means for each row.
std::vector<float> means_of(const data::DataSet& part, const std::vector<float>& column_mean) {
  std::vector<float> rows;
  for (std::int64_t r = 0; r < part.rows(); ++r) {
    rows.insert(rows.end(), column_mean.begin(), column_mean.end());
  }
  return rows;
}

}  // namespace

const Metric& chosen_by(const RepresentationConfig& config, const Model& model) {
  if (config.probe_every > 0) return metric::error_rate;
  if (model.offers(Output::pseudo_likelihood)) return metric::pseudo_nll;
  return model.offers(Output::reconstruction) ? metric::rmse : metric::objective;
}

double active_above(const RepresentationConfig& config, const Model& model) {
  return config.active_above.value_or(model.active_above());
}

bool RepresentationTask::probes(const RepresentationConfig& config) const {
  return config.probe && model_facts().classes > 0;
}

Validate RepresentationTask::validate(DeviceContext& context, Model& model,
                                      const EvaluateConfig& evaluate) const {
  const auto& config = std::get<RepresentationConfig>(evaluate);
  if (config.probe_every > 0 && !probes(config)) {
    throw ConfigError(
        "evaluate.probe_every: the probe cannot choose where the rows have no classes or "
        "evaluate.probe is false");
  }
  const auto judge = std::make_shared<Judge>(context, model, config, split(), data().validation());
  return [judge](const EpochEnd& end) { return (*judge)(end.epoch); };
}

ValidationBaseline RepresentationTask::validation_baseline(const EvaluateConfig&,
                                                           const Metric& chosen_by) const {
  const data::DataSet& part = split().validation;
  const std::vector<float> mean = model_facts().column_mean;
  if (&chosen_by == &metric::objective) {
    return {"nothing", {&chosen_by, std::numeric_limits<double>::infinity(), part.rows()}};
  }
  if (&chosen_by == &metric::error_rate) {
    const std::vector<double> share = model_facts().class_share;
    const auto majority = std::ranges::max_element(share) - share.begin();
    const auto right = std::ranges::count(labels_of(part), static_cast<std::int32_t>(majority));
    const double error = 1 - static_cast<double>(right) / static_cast<double>(part.rows());
    return {"majority", {&chosen_by, error, part.rows()}};
  }
  const double value = &chosen_by == &metric::pseudo_nll
                           ? IndependentColumns(mean, split().train.rows()).nll(part)
                           : reconstruction_error(part, means_of(part, mean));
  return {"training mean", {&chosen_by, value, part.rows()}};
}

TestResult RepresentationTask::test(DeviceContext& context, Model& model,
                                    const EvaluateConfig& evaluate) const {
  const auto& config = std::get<RepresentationConfig>(evaluate);
  RowOutputs outputs(context, model, data().test());
  const CodeScores said = judge_codes(split().test, outputs, active_above(config, model));
  double probe_error = absent;
  if (probes(config)) {
    const Probe probe(split().train, config.probe_rows_per_class);
    const DeviceRows probed = upload(context, probe.rows());
    const Codes training = codes_of(context, model, probed);
    const Codes validation = codes_of(context, model, data().validation());
    probe_error = probe.error_rate(training, {split().validation, validation},
                                   {split().test, said.codes}, outputs.units(), threads_);
  }
  return {.scores =
              scores_of(split().test.rows(), probe_error, said.reconstruction_rmse.value_or(absent),
                        said.code, said.pseudo_nll.value_or(absent)),
          .files = code_files(context, model, split(), said.code)};
}

std::vector<Baseline> RepresentationTask::baselines(const EvaluateConfig& evaluate) const {
  const auto& config = std::get<RepresentationConfig>(evaluate);
  const data::DataSet& part = split().test;
  const std::vector<float> mean = model_facts().column_mean;
  std::vector<Baseline> all{
      {"training mean",
       scores_of(part.rows(), absent, reconstruction_error(part, means_of(part, mean)),
                 no_code_statistics(), absent)}};
  if (!probes(config) || model_facts().columns > widest_logistic_baseline) return all;
  const Probe probe(split().train, config.probe_rows_per_class);
  const FilledRows training = filled(probe.rows()), validation = filled(split().validation),
                   test = filled(part);
  const double error =
      probe.error_rate(training.inputs().values, {split().validation, validation.inputs().values},
                       {part, test.inputs().values}, model_facts().columns, threads_);
  all.push_back(
      {"probe of the inputs", scores_of(part.rows(), error, absent, no_code_statistics(), absent)});
  return all;
}

}  // namespace lacuna::experiments
