#include "experiments/tasks/classification/classification_task.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <memory>

#include "experiments/tasks/classification/test_files.hpp"
#include "experiments/tasks/rows/row_groups.hpp"
#include "runtime/data/random_sequence.hpp"
#include "runtime/error.hpp"
#include "runtime/metrics/codes.hpp"
#include "runtime/random_purpose.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

namespace {

constexpr double absent = std::numeric_limits<double>::quiet_NaN();

/// NaN where it is absent.
double value_of(const Metric& metric, const metrics::ClassPredictions& said) {
  if (&metric == &metric::accuracy) return metrics::accuracy(said);
  if (&metric == &metric::error_rate) return metrics::error_rate(said);
  if (&metric == &metric::auroc) return metrics::auroc(said).value.value_or(absent);
  if (&metric == &metric::auprc) return metrics::auprc(said).value.value_or(absent);
  return metrics::nll(said);
}

std::int64_t rows_of(const metrics::ClassPredictions& said) {
  return static_cast<std::int64_t>(said.labels.size());
}

TestScores scores_of(const metrics::ClassPredictions& said) {
  TestScores scores;
  for (const ScoreForm& form : classification_scores) {
    scores.push_back({&form, value_of(*form.metric, said), rows_of(said)});
  }
  return scores;
}

std::string_view why_absent(const Metric& metric, const metrics::ClassPredictions& said) {
  if (&metric == &metric::auroc) return metrics::auroc(said).reason;
  if (&metric == &metric::auprc) return metrics::auprc(said).reason;
  return "they weigh nothing";
}

/// Why a score is missing, once for each reason.
std::vector<std::string> remarks_on(const metrics::ClassPredictions& said) {
  const metrics::Measure auroc = metrics::auroc(said);
  if (auroc.value) return {};
  return {fmt::format("no AUROC and no AUPRC: {}", auroc.reason)};
}

}  // namespace

std::string ClassificationTask::name_of_linear() const {
  const double l2 = fitted().l2;
  if (fitted_rows_ == split().train.rows()) return fmt::format("logistic regression, L2 {}", l2);
  return fmt::format("logistic regression on {} rows, L2 {}", fitted_rows_, l2);
}

const Metric& metric_of(ClassificationMetric chosen) {
  switch (chosen) {
    case ClassificationMetric::error_rate:
      return metric::error_rate;
    case ClassificationMetric::accuracy:
      return metric::accuracy;
    case ClassificationMetric::auroc:
      return metric::auroc;
    case ClassificationMetric::auprc:
      return metric::auprc;
    case ClassificationMetric::nll:
      break;
  }
  return metric::nll;
}

metrics::ClassPredictions ClassificationTask::said(const data::DataSet& part,
                                                   std::span<const float> probabilities) const {
  return {.probabilities = probabilities,
          .labels = labels_of(part),
          .classes = static_cast<std::int32_t>(model_facts().classes),
          .weights = weights_of(part)};
}

Validate ClassificationTask::validate(DeviceContext& context, Model& model,
                                      const EvaluateConfig& config) const {
  const auto& said_by = std::get<ClassificationConfig>(config);
  if (said_by.layer_sparsity && !model.offers(Output::first_layer)) {
    throw ConfigError("evaluate.layer_sparsity: the model has no hidden layers");
  }
  const Metric& chosen = metric_of(said_by.choose_by);
  const auto predictor = std::make_shared<Predictor>(context, model, data().validation());
  return [this, predictor, &chosen](const EpochEnd&) -> Validation {
    const std::span<const float> probabilities = predictor->predict();
    if (!std::ranges::all_of(probabilities, [](float p) { return std::isfinite(p); })) {
      return {.scores = {{&chosen, absent, split().validation.rows()}}, .watched = absent};
    }
    const metrics::ClassPredictions rows = said(split().validation, probabilities);
    const double value = value_of(chosen, rows);
    if (std::isnan(value)) {  // of finite probabilities: the rows have no such score
      throw DataError(fmt::format(
          "the validation rows have no {}, by which evaluate.choose_by chooses: {}; choose by nll, "
          "or set data.stratify or a larger data.validation_share",
          chosen.title, why_absent(chosen, rows)));
    }
    Validation validation{.scores = {{&chosen, value, rows_of(rows)}}, .watched = value};
    const Metric& other = &chosen == &metric::error_rate ? metric::nll : metric::error_rate;
    validation.scores.push_back({&other, value_of(other, rows), rows_of(rows)});
    return validation;
  };
}

std::vector<float> ClassificationTask::majority(const data::DataSet& part) const {
  const std::vector<double> share = model_facts().class_share;
  std::vector<float> probabilities;
  for (std::int64_t r = 0; r < part.rows(); ++r) {
    for (const double p : share) probabilities.push_back(static_cast<float>(p));
  }
  return probabilities;
}

// What a network is for: where a linear model does as well, it is of no use.
ValidationBaseline ClassificationTask::validation_baseline(const EvaluateConfig&,
                                                           const Metric& chosen) const {
  const auto scored = [&](std::string name, std::span<const float> probabilities) {
    const metrics::ClassPredictions rows = said(split().validation, probabilities);
    return ValidationBaseline{std::move(name), {&chosen, value_of(chosen, rows), rows_of(rows)}};
  };
  if (model_facts().columns > widest_logistic_baseline) {
    return scored("majority", majority(split().validation));
  }
  const LogisticRegression& logistic = fitted();
  return scored(name_of_linear(), logistic.probabilities(filled(split().validation).inputs()));
}

/// The rows that the linear model is fitted on, drawn at random: seconds of work at most.
data::DataSet ClassificationTask::thinned(const data::DataSet& part) const {
  constexpr std::int64_t most_cells = 8'000'000;
  const std::int64_t most = std::max<std::int64_t>(most_cells / model_facts().columns, 1);
  if (part.rows() <= most) return part;
  const auto order = data::shuffled(part.rows(), {0, purpose::subset});
  std::vector<std::int64_t> rows(order.begin(), order.begin() + most);
  std::ranges::sort(rows);
  return data::take_rows(part, rows);
}

const LogisticRegression& ClassificationTask::fitted() const {
  if (fitted_) return *fitted_;
  const data::DataSet train = thinned(split().train);
  const FilledRows training = filled(train), validation = filled(split().validation);
  fitted_rows_ = train.rows();
  fitted_ = best_logistic_regression(
      {training.inputs(), labels_of(train), training.weights()},
      {validation.inputs(), labels_of(split().validation), validation.weights()},
      static_cast<std::int32_t>(model_facts().classes), threads_);
  return *fitted_;
}

TestResult ClassificationTask::test(DeviceContext& context, Model& model,
                                    const EvaluateConfig&) const {
  Predictor predictor(context, model, data().test());
  const std::span<const float> probabilities = predictor.predict();
  check_finite(probabilities, "test rows");
  const metrics::ClassPredictions rows = said(split().test, probabilities);
  return {.scores = scores_of(rows),
          .files = test_files(rows, class_names(split().test)),
          .remarks = remarks_on(rows),
          .details = group_details(probabilities)};
}

Details ClassificationTask::group_details(std::span<const float> probabilities) const {
  const std::vector<std::string> classes = class_names(split().test);
  Details details;
  for (const RowGroup& group : by_group(split().test, probabilities)) {
    details.emplace_back("error_rate_" + group.name,
                         metrics::error_rate(said(group.rows, group.outputs)));
    const std::vector<double> means = column_means(group.outputs, classes.size());
    for (std::size_t c = 0; c < classes.size(); ++c) {
      details.emplace_back("output_" + group.name + "_" + classes[c], means[c]);
    }
  }
  return details;
}

Details ClassificationTask::change(DeviceContext& context, Model& trained,
                                   const InitialModel& initial,
                                   const EvaluateConfig& config) const {
  Details details;
  if (!std::get<ClassificationConfig>(config).layer_sparsity) return details;
  add_layer_zeros(details, context, *initial(), "before");
  add_layer_zeros(details, context, trained, "after");
  return details;
}

void ClassificationTask::add_layer_zeros(Details& details, DeviceContext& context, Model& model,
                                         std::string_view when) const {
  Predictor layer(context, model, data().test(), Output::first_layer);
  std::vector<double> shares;
  layer.for_each_piece([&](std::int64_t, std::span<float> units) {
    std::ranges::copy(metrics::zero_shares(units, layer.columns()), std::back_inserter(shares));
  });
  const metrics::ZeroShares zeros = metrics::distribution_of(std::move(shares));
  const auto add = [&](std::string_view number, double value) {
    details.emplace_back(fmt::format("layer1_zeros_{}_{}", when, number), value);
  };
  add("mean", zeros.mean);
  add("std_dev", zeros.std_dev);
  add("lower_quartile", zeros.lower_quartile);
  add("median", zeros.median);
  add("upper_quartile", zeros.upper_quartile);
}

std::vector<Baseline> ClassificationTask::baselines(const EvaluateConfig&) const {
  const std::vector<float> of_majority = majority(split().test);
  if (model_facts().columns > widest_logistic_baseline) {
    return {{"majority", scores_of(said(split().test, of_majority))}};
  }
  const LogisticRegression& logistic = fitted();
  const std::vector<float> of_logistic = logistic.probabilities(filled(split().test).inputs());
  return {{"majority", scores_of(said(split().test, of_majority))},
          {name_of_linear(), scores_of(said(split().test, of_logistic))}};
}

}  // namespace lacuna::experiments
