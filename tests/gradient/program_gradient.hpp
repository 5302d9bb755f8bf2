#pragma once

#include <gtest/gtest.h>

#include "runtime/layers/parameter.hpp"
#include "runtime/program/program.hpp"
#include "tests/support/finite_difference.hpp"

namespace lacuna::testing {

/// The weighted sum of a float64 program's losses, each as it is told, after a pass forwards.
inline double loss_of(Program& program) {
  program.forward();
  const std::vector<LossSum> sums = program.loss_sums().to_host();
  double loss = 0;
  for (std::size_t i = 0; i < program.losses().size(); ++i) {
    const LossTerm& term = program.losses()[i];
    loss += term.weight * (term.told == Told::sum ? sums[i].sum : sums[i].sum / sums[i].count);
  }
  return loss;
}

/// Compares the gradients that a program gives parameters with finite differences of its loss.
inline void expect_gradients(Program& program, const std::vector<Parameter*>& parameters) {
  NoSync sync;
  loss_of(program);
  program.backward(sync);
  std::vector<std::vector<double>> gradients;
  for (const Parameter* parameter : parameters) {
    gradients.push_back(parameter->gradient.to_host<double>());
  }
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    expect_gradient(parameters[i]->name, parameters[i]->value.span<double>(), gradients[i],
                    [&] { return loss_of(program); });
  }
}

}  // namespace lacuna::testing
