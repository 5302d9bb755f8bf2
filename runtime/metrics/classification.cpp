#include "runtime/metrics/classification.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace lacuna::metrics {

namespace {

void check_labels(const ClassPredictions& p) {
  for (const std::int32_t label : p.labels) {
    if (label < 0 || label >= p.classes) throw std::invalid_argument("a label is no class");
  }
}

void check(const ClassPredictions& p) {
  const std::size_t rows = p.labels.size();
  if (p.classes < 2) throw std::invalid_argument("fewer than two classes");
  if (p.probabilities.size() != rows * static_cast<std::size_t>(p.classes) ||
      (!p.weights.empty() && p.weights.size() != rows))
    throw std::invalid_argument("probabilities, labels and weights differ in number");
  check_labels(p);
  if (std::ranges::any_of(p.probabilities, [](float value) { return std::isnan(value); }))
    throw std::invalid_argument("a probability is NaN");
  if (!std::ranges::all_of(p.weights,
                           [](float weight) { return weight >= 0 && std::isfinite(weight); }))
    throw std::invalid_argument("a weight is negative or not finite");
}

std::span<const float> row(const ClassPredictions& p, std::size_t index) {
  const auto classes = static_cast<std::size_t>(p.classes);
  return p.probabilities.subspan(index * classes, classes);
}

template <class Loss>
double weighted_mean(const ClassPredictions& p, Loss loss) {
  double sum = 0;
  double weights = 0;
  for (std::size_t i = 0; i < p.labels.size(); ++i) {
    const double weight = p.weights.empty() ? 1 : p.weights[i];
    sum += weight * loss(i);
    weights += weight;
  }
  return sum / weights;
}

using RankMeasure = Measure (*)(std::span<const float>, std::span<const std::int32_t>,
                                std::span<const float>);

Measure one_against_rest(const ClassPredictions& p, std::int32_t chosen, RankMeasure measure) {
  std::vector<float> scores(p.labels.size());
  std::vector<std::int32_t> positive(p.labels.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    scores[i] = row(p, i)[static_cast<std::size_t>(chosen)];
    positive[i] = p.labels[i] == chosen ? 1 : 0;
  }
  return measure(scores, positive, p.weights);
}

Measure over_classes(const ClassPredictions& p, RankMeasure measure) {
  check(p);
  if (p.classes == 2) return one_against_rest(p, 1, measure);
  double sum = 0;
  int measured = 0;
  for (std::int32_t chosen = 0; chosen < p.classes; ++chosen) {
    const Measure of_class = one_against_rest(p, chosen, measure);
    if (!of_class.value) continue;
    sum += *of_class.value;
    ++measured;
  }
  if (measured == 0) return {{}, p.labels.empty() ? "no rows" : "rows of one class only"};
  return {sum / measured};
}

}  // namespace

std::vector<std::int32_t> most_probable(const ClassPredictions& predictions) {
  check(predictions);
  std::vector<std::int32_t> classes(predictions.labels.size());
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const auto values = row(predictions, i);
    classes[i] = static_cast<std::int32_t>(std::ranges::max_element(values) - values.begin());
  }
  return classes;
}

double accuracy(const ClassPredictions& predictions) {
  const std::vector<std::int32_t> chosen = most_probable(predictions);
  return weighted_mean(
      predictions, [&](std::size_t i) { return chosen[i] == predictions.labels[i] ? 1.0 : 0.0; });
}

double error_rate(const ClassPredictions& predictions) {
  const std::vector<std::int32_t> chosen = most_probable(predictions);
  return weighted_mean(
      predictions, [&](std::size_t i) { return chosen[i] == predictions.labels[i] ? 0.0 : 1.0; });
}

double nll(const ClassPredictions& predictions) {
  check(predictions);
  return weighted_mean(predictions, [&](std::size_t i) {
    const float p = row(predictions, i)[static_cast<std::size_t>(predictions.labels[i])];
    return -std::log(static_cast<double>(std::max(p, std::numeric_limits<float>::min())));
  });
}

Measure auroc(const ClassPredictions& predictions) {
  return over_classes(predictions, auroc);
}

Measure auprc(const ClassPredictions& predictions) {
  return over_classes(predictions, auprc);
}

ConfusionMatrix confusion_matrix(const ClassPredictions& predictions) {
  const std::vector<std::int32_t> chosen = most_probable(predictions);
  const auto classes = static_cast<std::size_t>(predictions.classes);
  ConfusionMatrix matrix{predictions.classes, std::vector<std::int64_t>(classes * classes)};
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    ++matrix.counts[static_cast<std::size_t>(predictions.labels[i]) * classes +
                    static_cast<std::size_t>(chosen[i])];
  }
  return matrix;
}

}  // namespace lacuna::metrics
