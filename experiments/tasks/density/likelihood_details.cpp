#include "experiments/tasks/density/likelihood_details.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "experiments/tasks/rows/row_data.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

namespace {

/// Of the mean.
double standard_error(std::span<const float> values) {
  const auto count = static_cast<double>(values.size());
  const double mean = mean_of(values);
  double squares = 0;
  for (const float value : values) squares += (double{value} - mean) * (double{value} - mean);
  return std::sqrt(squares / (count - 1) / count);
}

/// Minus the mean of an output over rows, where the model has it.
std::optional<double> minus_mean(DeviceContext& context, Model& model, const DeviceRows& rows,
                                 Output output) {
  if (!model.offers(output)) return std::nullopt;
  Predictor predictor(context, model, rows, output);
  const std::span<const float> values = predictor.predict();
  check_finite(values, "test rows");
  return -mean_of(values);
}

}  // namespace

double mean_of(std::span<const float> values) {
  double sum = 0;
  for (const float value : values) sum += double{value};
  return sum / static_cast<double>(values.size());
}

LikelihoodDetails likelihood_details(DeviceContext& context, Model& model, const DeviceRows& rows,
                                     std::span<const float> likelihoods) {
  LikelihoodDetails said;
  said.numbers.emplace_back("nll_std_error", standard_error(likelihoods));
  if (const auto given = minus_mean(context, model, rows, Output::conditional_log_likelihood)) {
    const double cost = -mean_of(likelihoods) - *given;
    said.numbers.emplace_back("conditional_nll", *given);
    said.numbers.emplace_back("count_cost", cost);
    said.remarks.push_back(
        fmt::format("given the number of its ones a row costs {:.2f} nats, which is not a "
                    "likelihood and is compared with none: that number costs {:.2f} more",
                    *given, cost));
  }
  if (const auto logits = minus_mean(context, model, rows, Output::averaged_logits)) {
    said.numbers.emplace_back("averaged_logits_nll", *logits);
    said.remarks.push_back(
        fmt::format("with averaged logits in place of averaged probabilities: {:.2f} nats, which "
                    "is not a likelihood and is compared with none",
                    *logits));
  }
  return said;
}

}  // namespace lacuna::experiments
