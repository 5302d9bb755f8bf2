#include "experiments/tasks/classification/baselines.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "runtime/metrics/classification.hpp"
#include "runtime/optim/lbfgs.hpp"

namespace lacuna::experiments {

namespace {

void check_labels(const LabelledRows& rows, std::int32_t classes) {
  check(rows);
  const auto known = [&](std::int32_t label) { return label >= 0 && label < classes; };
  if (classes < 2 || !std::ranges::all_of(rows.targets, known))
    throw std::invalid_argument("fewer than two classes, or a label that is none");
}

double dot(std::span<const double> a, std::span<const double> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

void put_logits(const LogisticRegression& model, std::span<const double> inputs,
                std::span<double> logits) {
  const std::span<const double> coefficients(model.coefficients);
  for (std::size_t c = 0; c < logits.size(); ++c)
    logits[c] = model.bias[c] + dot(coefficients.subspan(c * inputs.size(), inputs.size()), inputs);
}

/// Turns logits into probabilities; returns ln of the sum of their exponentials.
double softmax(std::span<double> logits) {
  const double largest = *std::ranges::max_element(logits);
  double sum = 0;
  for (double& logit : logits) sum += (logit = std::exp(logit - largest));
  for (double& logit : logits) logit /= sum;
  return largest + std::log(sum);
}

/// The penalised loss of coefficients of standardised columns [classes, columns], followed by
/// biases [classes]. No standardised copy of the rows is made: the scaling moves to coefficients.
class Loss {
 public:
  Loss(const LabelledRows& rows, std::int32_t classes)
      : rows_(rows),
        classes_(static_cast<std::size_t>(classes)),
        columns_(rows.inputs.columns),
        scaling_(column_scaling(rows)),
        total_weight_(rows.total_weight()) {}

  std::size_t size() const { return classes_ * (columns_ + 1); }

  double value(double l2, std::span<const double> x, std::span<double> gradient) const {
    const LogisticRegression model = unscaled(x);
    std::ranges::fill(gradient, 0.0);
    std::vector<double> outputs(classes_);
    double loss = 0;
    for (std::size_t i = 0; i < rows_.targets.size(); ++i)
      loss += add_row(model, i, outputs, gradient);
    finish(l2, x, gradient);
    const auto coefficients = x.first(classes_ * columns_);
    return loss / total_weight_ + l2 / 2 * dot(coefficients, coefficients);
  }

  LogisticRegression unscaled(std::span<const double> x) const {
    const auto bias = x.subspan(classes_ * columns_);
    LogisticRegression model{.classes = static_cast<std::int32_t>(classes_),
                             .coefficients = {x.begin(), x.end() - std::ssize(bias)},
                             .bias = {bias.begin(), bias.end()}};
    for (std::size_t c = 0; c < classes_; ++c) {
      const auto row = std::span(model.coefficients).subspan(c * columns_, columns_);
      for (std::size_t j = 0; j < columns_; ++j) row[j] /= scaling_.scale[j];
      model.bias[c] -= dot(row, scaling_.mean);
    }
    return model;
  }

 private:
  /// Adds a row's derivatives by outputs, times inputs and 1; returns its loss.
  double add_row(const LogisticRegression& model, std::size_t index, std::span<double> outputs,
                 std::span<double> gradient) const {
    const auto inputs = rows_.inputs.row(index);
    const auto label = static_cast<std::size_t>(rows_.targets[index]);
    const double weight = rows_.weight(index);
    put_logits(model, inputs, outputs);
    const double logit = outputs[label];
    const double loss = weight * (softmax(outputs) - logit);
    outputs[label] -= 1;
    for (std::size_t c = 0; c < classes_; ++c) {
      const double derivative = weight * outputs[c];
      const auto slope = gradient.subspan(c * columns_, columns_);
      for (std::size_t j = 0; j < columns_; ++j) slope[j] += derivative * inputs[j];
      gradient[classes_ * columns_ + c] += derivative;
    }
    return loss;
  }

  /// From sums by plain coefficients to means by scaled ones, the penalty added.
  void finish(double l2, std::span<const double> x, std::span<double> gradient) const {
    for (double& slope : gradient) slope /= total_weight_;
    for (std::size_t c = 0; c < classes_; ++c) {
      const double by_bias = gradient[classes_ * columns_ + c];
      for (std::size_t j = 0; j < columns_; ++j) {
        double& slope = gradient[c * columns_ + j];
        slope = (slope - by_bias * scaling_.mean[j]) / scaling_.scale[j] + l2 * x[c * columns_ + j];
      }
    }
  }

  const LabelledRows& rows_;
  std::size_t classes_;
  std::size_t columns_;
  ColumnScaling scaling_;
  double total_weight_;
};

/// Goes on from `x`, the minimum for another penalty or zeros, and leaves this one's there.
LogisticRegression fit(const Loss& loss, double l2, std::vector<double>& x) {
  const auto objective = [&](std::span<const double> at, std::span<double> gradient) {
    return loss.value(l2, at, gradient);
  };
  x = minimize(objective, x).x;
  LogisticRegression model = loss.unscaled(x);
  model.l2 = l2;
  return model;
}

}  // namespace

std::vector<double> class_shares(const LabelledRows& training, std::int32_t classes) {
  check_labels(training, classes);
  std::vector<double> shares(static_cast<std::size_t>(classes));
  for (std::size_t i = 0; i < training.targets.size(); ++i)
    shares[static_cast<std::size_t>(training.targets[i])] += training.weight(i);
  for (double& share : shares) share /= training.total_weight();
  return shares;
}

std::vector<float> LogisticRegression::probabilities(const NumberRows& inputs) const {
  std::vector<double> outputs(bias.size());
  std::vector<float> result;
  result.reserve(inputs.rows() * outputs.size());
  for (std::size_t i = 0; i < inputs.rows(); ++i) {
    put_logits(*this, inputs.row(i), outputs);
    softmax(outputs);
    for (const double probability : outputs) result.push_back(static_cast<float>(probability));
  }
  return result;
}

LogisticRegression fit_logistic_regression(const LabelledRows& training, std::int32_t classes,
                                           double l2) {
  check_labels(training, classes);
  const Loss loss(training, classes);
  std::vector<double> x(loss.size());
  return fit(loss, l2, x);
}

LogisticRegression best_logistic_regression(const LabelledRows& training,
                                            const LabelledRows& validation, std::int32_t classes) {
  check_labels(training, classes);
  check_labels(validation, classes);
  const Loss loss(training, classes);
  std::vector<double> x(loss.size());
  return best_of_grid([&](double l2) { return fit(loss, l2, x); },
                      [&](const LogisticRegression& model) {
                        const std::vector<float> p = model.probabilities(validation.inputs);
                        return metrics::nll({.probabilities = p,
                                             .labels = validation.targets,
                                             .classes = classes,
                                             .weights = validation.weights});
                      });
}

}  // namespace lacuna::experiments
