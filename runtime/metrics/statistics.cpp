#include "runtime/metrics/statistics.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

namespace lacuna::metrics {
namespace {

/// P(|T| <= sqrt(degrees) tan(angle)), a finite sum for whole degrees of freedom
/// (Abramowitz and Stegun, 26.7.3 and 26.7.4).
double central_probability(double angle, std::int64_t degrees) {
  const double cos2 = std::cos(angle) * std::cos(angle);
  const bool odd = degrees % 2 == 1;
  double term = odd ? std::cos(angle) : 1.0;
  double sum = degrees == 1 ? 0.0 : term;
  for (std::int64_t k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= cos2 * static_cast<double>(k - 1) / static_cast<double>(k);
    sum += term;
  }
  sum *= std::sin(angle);
  return odd ? (angle + sum) * 2 / std::numbers::pi : sum;
}

template <class T, class Loss>
double mean_loss(std::span<const T> predicted, std::span<const T> actual, Loss loss) {
  if (predicted.size() != actual.size()) {
    throw std::invalid_argument("predictions and actual values differ in number");
  }
  double sum = 0;
  for (std::size_t i = 0; i < actual.size(); ++i) {
    sum += loss(static_cast<double>(predicted[i]) - static_cast<double>(actual[i]));
  }
  return sum / static_cast<double>(actual.size());
}

}  // namespace

double student_t(double confidence, std::int64_t degrees) {
  if (!(confidence > 0 && confidence < 1) || degrees < 1) {
    throw std::invalid_argument("student_t: confidence in (0, 1) and degrees >= 1");
  }
  double low = 0;
  double high = std::numbers::pi / 2;
  for (double middle = high / 2; low < middle && middle < high; middle = low + (high - low) / 2) {
    (central_probability(middle, degrees) < confidence ? low : high) = middle;
  }
  return std::sqrt(static_cast<double>(degrees)) * std::tan(low);
}

Interval mean_interval(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  double sum = 0;
  for (const double value : values) sum += value;
  const double mean = sum / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);

  Interval result{.n = static_cast<std::int64_t>(values.size()), .mean = mean};
  result.std_dev = result.half_width = std::numeric_limits<double>::quiet_NaN();
  if (values.size() >= 2) {
    result.std_dev = std::sqrt(squares / (n - 1));
    result.half_width = student_t(0.95, result.n - 1) * result.std_dev / std::sqrt(n);
  }
  return result;
}

template <class T>
double quantile(std::span<const T> sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(static_cast<double>(sorted[below]), static_cast<double>(sorted[above]),
                   place - static_cast<double>(below));
}

template <class T>
double rmse(std::span<const T> predicted, std::span<const T> actual) {
  return std::sqrt(mean_loss(predicted, actual, [](double error) { return error * error; }));
}

template <class T>
double mae(std::span<const T> predicted, std::span<const T> actual) {
  return mean_loss(predicted, actual, [](double error) { return std::abs(error); });
}

template double quantile(std::span<const float>, double);
template double quantile(std::span<const double>, double);
template double rmse(std::span<const float>, std::span<const float>);
template double rmse(std::span<const double>, std::span<const double>);
template double mae(std::span<const float>, std::span<const float>);
template double mae(std::span<const double>, std::span<const double>);

}  // namespace lacuna::metrics
