#include "experiments/tasks/imputation/imputation_task.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

#include "experiments/tasks/imputation/imputation_config.hpp"
#include "runtime/data/asked_rows.hpp"
#include "runtime/data/upload.hpp"
#include "runtime/io/csv_field.hpp"
#include "runtime/metrics/statistics.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

using config::Json;

namespace {

/// Shared, so that a device on the host need not copy.
CsrMatrix upload_part(DeviceContext& context, const std::shared_ptr<const data::CountsSplit>& split,
                      data::CsrArrays data::CountsSplit::*part) {
  return upload(context, std::shared_ptr<const data::CsrArrays>(split, &((*split).*part)));
}

std::vector<float> mean_by_gene(const data::CsrArrays& train) {
  std::vector<double> sum(static_cast<std::size_t>(train.cols));
  std::vector<double> count(sum.size());
  for (std::size_t e = 0; e < train.value.size(); ++e) {
    sum[static_cast<std::size_t>(train.col[e])] += static_cast<double>(train.value[e]);
    ++count[static_cast<std::size_t>(train.col[e])];
  }
  const double of_all = std::accumulate(sum.begin(), sum.end(), 0.0) /
                        static_cast<double>(std::max<std::int64_t>(train.nnz(), 1));
  std::vector<float> mean;
  for (std::size_t g = 0; g < sum.size(); ++g) {
    mean.push_back(static_cast<float>(count[g] > 0 ? sum[g] / count[g] : of_all));
  }
  return mean;
}

std::vector<float> of_genes(const std::vector<float>& mean, const data::CsrArrays& cells) {
  std::vector<float> prediction;
  for (const std::int32_t gene : cells.col) {
    prediction.push_back(mean[static_cast<std::size_t>(gene)]);
  }
  return prediction;
}

std::string names_text(const std::vector<std::string>& names, std::int64_t count) {
  std::string text = "index,name\n";
  for (std::int64_t i = 0; i < count; ++i) {
    fmt::format_to(std::back_inserter(text), "{},{}\n", i, io::csv_field(data::name_at(names, i)));
  }
  return text;
}

std::string entries_text(const data::CsrArrays& part, const data::Counts& counts) {
  std::string text = "cell,gene,value\n";
  for (std::int64_t r = 0; r < part.rows; ++r) {
    const std::string cell = io::csv_field(data::name_at(counts.cell_names, r));
    for (auto e = static_cast<std::size_t>(part.row_ptr[static_cast<std::size_t>(r)]);
         e < static_cast<std::size_t>(part.row_ptr[static_cast<std::size_t>(r) + 1]); ++e) {
      fmt::format_to(std::back_inserter(text), "{},{},{}\n", cell,
                     io::csv_field(data::name_at(counts.gene_names, part.col[e])), part.value[e]);
    }
  }
  return text;
}

}  // namespace

TestScores imputation_scores_of(std::span<const float> prediction, std::span<const float> actual) {
  const auto count = static_cast<std::int64_t>(actual.size());
  double squares = 0;
  for (const float value : actual) {
    squares += static_cast<double>(value) * static_cast<double>(value);
  }
  const double rmse = metrics::rmse(prediction, actual);
  const double size = std::sqrt(squares / static_cast<double>(count));
  return {{&imputation_scores[0], rmse, count},
          {&imputation_scores[1], metrics::mae(prediction, actual), count},
          {&imputation_scores[2], rmse / size, count}};
}

ImputationTask::ImputationTask(DeviceContext& context, data::CountsSplit split)
    : split_(std::make_shared<const data::CountsSplit>(std::move(split))),
      gene_mean_(mean_by_gene(split_->train)),
      train_(upload_part(context, split_, &data::CountsSplit::train)),
      validation_(upload_part(context, split_, &data::CountsSplit::validation)),
      rows_(rows_from_themselves(train_)) {}

const TaskKind& ImputationTask::kind() const {
  return task_kind(ImputationConfig{});
}

std::string ImputationTask::training_size() const {
  return fmt::format("{} cells x {} genes, {} training values", train_.rows(), train_.cols(),
                     train_.nnz());
}

std::string ImputationTask::size() const {
  return fmt::format("{} cells x {} genes, {} training, {} validation, {} test values",
                     train_.rows(), train_.cols(), train_.nnz(), validation_.nnz(),
                     split_->test.nnz());
}

Json ImputationTask::facts() const {
  return Json::object({{"rows", train_.rows()},
                       {"columns", train_.cols()},
                       {"train_values", train_.nnz()},
                       {"validation_values", validation_.nnz()},
                       {"test_values", split_->test.nnz()}});
}

std::vector<NamedFile> ImputationTask::setup_files() const {
  const data::Counts& counts = split_->counts;
  return {{"cells.csv", names_text(counts.cell_names, counts.cells())},
          {"genes.csv", names_text(counts.gene_names, counts.genes())}};
}

Facts ImputationTask::model_facts() const {
  return {.columns = train_.cols(),
          .mean_count = static_cast<double>(train_.nnz()) / static_cast<double>(train_.rows()),
          .entries = {split_, &split_->train}};
}

std::vector<std::int64_t> ImputationTask::non_zeros() const {
  std::vector<std::int64_t> counts;
  for (std::int64_t r = 0; r < train_.rows(); ++r) counts.push_back(train_.length(r));
  return counts;
}

std::vector<double> ImputationTask::mean_targets() const {
  return data::row_means(split_->train);
}

std::string ImputationTask::description() const {
  const data::CsrArrays& all = split_->counts.matrix;
  const auto [least, most] = std::ranges::minmax(all.value);
  return fmt::format("non-zeros: {} ({:.1f} % of all), from {} to {}\n", all.nnz(),
                     100.0 * static_cast<double>(all.nnz()) /
                         (static_cast<double>(all.rows) * static_cast<double>(all.cols)),
                     least, most);
}

std::vector<NamedFile> ImputationTask::exported() const {
  return {{"train.csv", entries_text(split_->train, split_->counts)},
          {"validation.csv", entries_text(split_->validation, split_->counts)},
          {"test.csv", entries_text(split_->test, split_->counts)}};
}

Validate ImputationTask::validate(DeviceContext& context, Model& model,
                                  const EvaluateConfig&) const {
  const auto predictor = std::make_shared<Predictor>(context, model, asked_of(train_, validation_));
  return [predictor, split = split_](const EpochEnd& end) {
    const std::vector<float>& actual = split->validation.value;
    const double rmse = metrics::rmse<float>(predictor->predict(end.steps), actual);
    return Validation{{{&metric::rmse, rmse, std::ssize(actual)}}, rmse};
  };
}

ValidationBaseline ImputationTask::validation_baseline(const EvaluateConfig&, const Metric&) const {
  const data::CsrArrays& hidden = split_->validation;
  return {"gene mean",
          {&metric::rmse, metrics::rmse<float>(of_genes(gene_mean_, hidden), hidden.value),
           hidden.nnz()}};
}

TestResult ImputationTask::test(DeviceContext& context, Model& model, const EvaluateConfig&) const {
  const CsrMatrix hidden = upload_part(context, split_, &data::CountsSplit::test);
  Predictor predictor(context, model, asked_of(train_, hidden));
  return {.scores = imputation_scores_of(predictor.predict(), split_->test.value)};
}

std::vector<Baseline> ImputationTask::baselines(const EvaluateConfig&) const {
  return {
      {"gene mean", imputation_scores_of(of_genes(gene_mean_, split_->test), split_->test.value)}};
}

}  // namespace lacuna::experiments
