#include "runtime/data/tables/hidden_cells.hpp"

#include <cmath>
#include <numbers>

namespace lacuna::data {
namespace {

/// E[f(x)], x ~ N(0, 1), by the trapezoidal rule, whose error is below rounding here.
template <class Function>
double expectation(Function f) {
  constexpr double end = 10;
  constexpr int steps = 4000;
  double sum = 0;
  for (int i = 0; i <= steps; ++i) {
    const double x = end * (2.0 * i / steps - 1);
    sum += f(x) * std::exp(-x * x / 2);
  }
  return sum * (2 * end / steps) / std::sqrt(2 * std::numbers::pi);
}

}  // namespace

HiddenCells::HiddenCells(double share, double depends) : share_(share), depends_(depends) {
  if (share == 0 || depends == 0) return;
  double low = -100;
  double high = 100;
  for (int step = 0; step < 100; ++step) {
    threshold_ = (low + high) / 2;
    const double hidden = expectation([&](double x) { return probability(x); });
    (hidden < share ? low : high) = threshold_;
  }
  mean_ = expectation([&](double x) { return x * probability(x); }) / share;
  variance_ = expectation([&](double x) { return x * x * probability(x); }) / share - mean_ * mean_;
}

double HiddenCells::probability(double x) const {
  if (share_ == 0 || depends_ == 0) return share_;
  return 1 / (1 + std::exp(-(threshold_ + depends_ * x)));
}

double HiddenCells::draw(RandomSequence& random) const {
  double x = random.normal();
  if (depends_ == 0) return x;
  while (random.uniform() >= probability(x)) x = random.normal();
  return x;
}

}  // namespace lacuna::data
