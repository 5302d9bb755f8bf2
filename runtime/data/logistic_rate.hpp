#pragma once

#include <cmath>

namespace lacuna::data {

/// The probability of z: sigmoid(t + depends * z), with t such that its mean is a wanted rate.
class LogisticRate {
 public:
  /// rate in [0, 1); mean_of(f) is the mean of f(z) over all z.
  template <class MeanOf>
  LogisticRate(double rate, double depends, MeanOf mean_of) : rate_(rate), depends_(depends) {
    if (is_constant()) return;
    // So wide that it holds at z = 50 and beyond, where sigmoids are 0 or 1.
    double high = 100 + 50 * std::abs(depends);
    double low = -high;
    for (int step = 0; step < 100; ++step) {
      threshold_ = (low + high) / 2;
      const double mean = mean_of([&](double z) { return (*this)(z); });
      (mean < rate ? low : high) = threshold_;
    }
  }

  double operator()(double z) const {
    return is_constant() ? rate_ : 1 / (1 + std::exp(-(threshold_ + depends_ * z)));
  }

  double rate() const { return rate_; }
  bool is_constant() const { return rate_ == 0 || depends_ == 0; }

 private:
  double rate_;
  double depends_;
  double threshold_ = 0;
};

}  // namespace lacuna::data
