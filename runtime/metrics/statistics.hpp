#pragma once

#include <cstdint>
#include <span>

namespace lacuna::metrics {

/// A mean over independent runs with its 95 % confidence interval mean +- half_width.
struct Interval {
  std::int64_t n = 0;
  double mean = 0;        ///< NaN for n = 0
  double std_dev = 0;     ///< of the sample (n - 1 in the denominator); NaN for n < 2
  double half_width = 0;  ///< by Student's t; NaN for n < 2
};
Interval mean_interval(std::span<const double> values);

/// The t with P(|T| <= t) = `confidence` (0 < confidence < 1) for Student's distribution with
/// `degrees` >= 1 degrees of freedom; std::invalid_argument outside.
double student_t(double confidence, std::int64_t degrees);

/// What lies at a share of the way from the least to the largest of `sorted`, which is not empty,
/// between two of them by linear interpolation. T: float, double.
template <class T>
double quantile(std::span<const T> sorted, double share);

/// Root mean squared and mean absolute error, summed in double; NaN for no values,
/// std::invalid_argument for spans of different lengths. T: float, double.
template <class T>
double rmse(std::span<const T> predicted, std::span<const T> actual);
template <class T>
double mae(std::span<const T> predicted, std::span<const T> actual);

}  // namespace lacuna::metrics
