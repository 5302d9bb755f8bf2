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

HiddenCells::HiddenCells(double share, double depends)
    : rate_(share, depends, [](auto f) { return expectation(f); }) {
  if (rate_.is_constant()) return;
  mean_ = expectation([&](double x) { return x * probability(x); }) / share;
  variance_ = expectation([&](double x) { return x * x * probability(x); }) / share - mean_ * mean_;
}

double HiddenCells::draw(RandomSequence& random) const {
  double x = random.normal();
  if (rate_.is_constant()) return x;
  while (random.uniform() >= probability(x)) x = random.normal();
  return x;
}

}  // namespace lacuna::data
