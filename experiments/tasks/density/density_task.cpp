#include "experiments/tasks/density/density_task.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numbers>
#include <utility>

#include "experiments/tasks/density/likelihood_details.hpp"
#include "experiments/tasks/rows/array_files.hpp"
#include "experiments/tasks/rows/independent_columns.hpp"
#include "runtime/error.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

namespace {

constexpr double absent = std::numeric_limits<double>::quiet_NaN();
constexpr const char* independent_name = "independent columns";

double bits_per_dim(double nll, std::int64_t columns) {
  return nll / (std::numbers::ln2 * static_cast<double>(columns));
}

LoadedRows load_binary(const DataConfig& config) {
  LoadedRows rows = load_rows(config);
  check_binary(rows.parts.train, "training");
  check_binary(rows.parts.validation, "validation");
  check_binary(rows.parts.test, "test");
  return rows;
}

}  // namespace

void check_likelihood(const Model& model) {
  if (model.offers(Output::log_likelihood)) return;
  if (!model.offers(Output::pseudo_likelihood)) {
    throw ConfigError(
        "model.type: the model gives no log-likelihood, which evaluate.type density asks for");
  }
  throw ConfigError(
      "model.type: the model gives no log-likelihood, which evaluate.type density asks for, but a "
      "pseudo-likelihood, which is not one: set evaluate.type to representation, which scores it");
}

void check_binary(const data::DataSet& part, std::string_view name) {
  const data::DenseArray& input = inputs_of(part);
  if (!input.mask.empty()) {
    throw DataError(fmt::format(
        "{}: {} rows have missing cells, and what is missing has no density: fill them, and leave "
        "data.hide out",
        part.source, name));
  }
  std::vector<float> row(static_cast<std::size_t>(input.columns()));
  for (std::int64_t r = 0; r < input.rows; ++r) {
    input.put_row(r, row);
    const auto other = std::ranges::find_if(row, [](float x) { return x != 0 && x != 1; });
    if (other == row.end()) continue;
    throw DataError(fmt::format(
        "{}: {} row {}, column {}: {}, where evaluate.type density takes rows of 0 and 1: make "
        "them binary, or set evaluate.type to representation",
        part.source, name, r + 1, other - row.begin() + 1, *other));
  }
}

DensityTask::DensityTask(DeviceContext& context, const DataConfig& config)
    : RowTask(context, load_binary(config)) {}

TestScores DensityTask::scores_of(double nll) const {
  const std::int64_t rows = split().test.rows();
  return {{&density_scores[0], nll, rows},
          {&density_scores[1], bits_per_dim(nll, model_facts().columns), rows}};
}

double DensityTask::independent_nll(const data::DataSet& part) const {
  return IndependentColumns(model_facts().column_mean, split().train.rows()).nll(part);
}

Validate DensityTask::validate(DeviceContext& context, Model& model, const EvaluateConfig&) const {
  check_likelihood(model);
  const auto predictor =
      std::make_shared<Predictor>(context, model, data().validation(), Output::log_likelihood);
  return [predictor, columns = model_facts().columns](const EpochEnd&) -> Validation {
    const std::span<const float> likelihoods = predictor->predict();
    const double mean = mean_of(likelihoods);
    const double nll = std::isfinite(mean) ? -mean : absent;
    const std::int64_t rows = std::ssize(likelihoods);
    return {.scores = {{&metric::nll, nll, rows},
                       {&metric::bits_per_dim, bits_per_dim(nll, columns), rows}},
            .watched = nll};
  };
}

ValidationBaseline DensityTask::validation_baseline(const EvaluateConfig&,
                                                    const Metric& chosen_by) const {
  const data::DataSet& part = split().validation;
  return {independent_name, {&chosen_by, independent_nll(part), part.rows()}};
}

TestResult DensityTask::test(DeviceContext& context, Model& model, const EvaluateConfig&) const {
  check_likelihood(model);
  Predictor predictor(context, model, data().test(), Output::log_likelihood);
  const std::span<const float> likelihoods = predictor.predict();
  check_finite(likelihoods, "test rows");
  LikelihoodDetails details = likelihood_details(context, model, data().test(), likelihoods);
  TestResult result{
      .scores = scores_of(-mean_of(likelihoods)),
      .files = {array_file(likelihoods_file, {std::ssize(likelihoods)}, {}, likelihoods)},
      .remarks = std::move(details.remarks),
      .details = std::move(details.numbers)};
  if (model.offers(Output::samples)) {
    result.files.push_back(samples(context, model, split().train));
  }
  return result;
}

std::vector<Baseline> DensityTask::baselines(const EvaluateConfig&) const {
  const double uniform = std::numbers::ln2 * static_cast<double>(model_facts().columns);
  return {{independent_name, scores_of(independent_nll(split().test))},
          {"uniform", scores_of(uniform)}};
}

}  // namespace lacuna::experiments
