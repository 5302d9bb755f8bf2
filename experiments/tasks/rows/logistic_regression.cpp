#include "experiments/tasks/rows/logistic_regression.hpp"

#include <algorithm>
#include <stdexcept>

#include "experiments/tasks/rows/logistic_loss.hpp"
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

/// Goes on from `x`, the minimum for another penalty or zeros, and leaves this one's there.
LogisticRegression fit(const LogisticLoss& loss, double l2, std::vector<double>& x,
                       const LbfgsConfig& config) {
  const auto objective = [&](std::span<const double> at, std::span<double> gradient) {
    return loss.value(l2, at, gradient);
  };
  x = minimize(objective, x, config).x;
  LogisticRegression model = loss.unscaled(x);
  model.l2 = l2;
  return model;
}

}  // namespace

std::vector<float> LogisticRegression::probabilities(const NumberRows& inputs) const {
  std::vector<double> outputs(bias.size());
  std::vector<float> result;
  result.reserve(inputs.rows() * outputs.size());
  for (std::size_t i = 0; i < inputs.rows(); ++i) {
    const auto row = inputs.row(i);
    for (std::size_t c = 0; c < outputs.size(); ++c) {
      const auto of_class = std::span(coefficients).subspan(c * inputs.columns, inputs.columns);
      outputs[c] = bias[c];
      for (std::size_t j = 0; j < row.size(); ++j) outputs[c] += of_class[j] * double{row[j]};
    }
    softmax(outputs);
    for (const double probability : outputs) result.push_back(static_cast<float>(probability));
  }
  return result;
}

LogisticRegression fit_logistic_regression(const LabelledRows& training, std::int32_t classes,
                                           double l2, int threads) {
  check_labels(training, classes);
  const LogisticLoss loss(training, classes, threads);
  std::vector<double> x(loss.size());
  return fit(loss, l2, x, {});
}

// Nothing that validation could tell hangs on more digits than the tolerance leaves.
LogisticRegression best_logistic_regression(const LabelledRows& training,
                                            const LabelledRows& validation, std::int32_t classes,
                                            int threads) {
  check_labels(training, classes);
  check_labels(validation, classes);
  const LogisticLoss loss(training, classes, threads);
  std::vector<double> x(loss.size());
  return best_of_grid(
      [&](double l2) { return fit(loss, l2, x, {.most_iterations = 300, .tolerance = 1e-5}); },
      [&](const LogisticRegression& model) {
        const std::vector<float> p = model.probabilities(validation.inputs);
        return metrics::nll({.probabilities = p,
                             .labels = validation.targets,
                             .classes = classes,
                             .weights = validation.weights});
      });
}

}  // namespace lacuna::experiments
