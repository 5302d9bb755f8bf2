#include "experiments/run/advice.hpp"

#include <fmt/format.h>

#include <cmath>

#include "experiments/experiment_json.hpp"

namespace lacuna::experiments {

namespace {

/// Whether it is in the targets' unit, so that a quotient of two says how far off outputs are.
bool is_error_of_numbers(const Metric& metric) {
  return &metric == &metric::rmse || &metric == &metric::mae;
}

/// Scores that differ by less are alike.
double a_little(double score) {
  return 0.01 * std::abs(score);
}

/// The key that brings targets to the scale of outputs, where the data have one that is not set.
std::string scale_key(const DataConfig& config) {
  const config::Json data = to_json(config);
  if (const config::Json* target = data.find("scale_target")) {
    return target->as_bool() ? "" : ", or data.scale_target=true";
  }
  const config::Json* scale = data.find("scale");
  const bool unset = scale != nullptr && scale->is_string() && scale->as_string() == "none";
  return unset ? ", or data.scale=center or data.scale=unit" : "";
}

}  // namespace

std::string advice_for(const UselessTraining& training) {
  const TrainResult& result = training.result;
  const TrainConfig& train = training.experiment.train;
  const Metric& metric = *result.best.metric;
  const double best = result.best.value;
  const double loss =
      metric.better == Better::smaller ? training.last - best : best - training.last;
  if (!(loss <= a_little(best))) {  // or it is NaN
    return fmt::format(
        "validation got worse after epoch {}: lower train.optimizer.learning_rate, or raise "
        "train.l2.lambda",
        result.best_epoch);
  }
  const bool by_patience = result.epochs < train.epochs;
  if (is_error_of_numbers(metric) && best > 1.5 * training.baseline) {
    return fmt::format(
        "raise train.epochs{} or train.optimizer.learning_rate{}: its error is {:.0f} % of that, "
        "the "
        "outputs have not come to the scale of the targets yet",
        by_patience ? " and train.patience," : "", scale_key(training.experiment.data),
        100 * best / training.baseline);
  }
  if (!by_patience) {
    return "raise train.epochs or train.optimizer.learning_rate: its epochs ended while validation "
           "was not getting worse";
  }
  if (std::abs(training.first - best) <= a_little(best)) {
    return fmt::format(
        "patience ended it after {} epochs that hardly changed validation: raise "
        "train.optimizer.learning_rate, more epochs alone change nothing",
        result.epochs);
  }
  return fmt::format(
      "patience ended it, epoch {} of {} was the best and more epochs alone change nothing: lower "
      "train.optimizer.learning_rate, change train.l2.lambda or the model, or raise train.patience",
      result.best_epoch, result.epochs);
}

}  // namespace lacuna::experiments
