#pragma once

#include <vector>

#include "runtime/program/program.hpp"

/// Losses on dense rows as programs record them, and what predictions are made by. Nothing is
/// computed here: a call appends to the program, see Program::record().
namespace lacuna::ops {

/// Probabilities of classes [rows, classes] from logits. Without a gradient: throws
/// std::logic_error in a program that trains.
Variable softmax(Program& program, const Variable& logits);

/// The negative log likelihood of rows' classes: {sum of w nll, sum of w} with w the row's weight
/// (`weight` [rows, 1], or nullptr: 1) times its class's (empty: 1); rows of unknown class do not
/// count. The gradient is that of loss.weight times their quotient.
void softmax_cross_entropy(Program& program, const LossTerm& loss, const Variable& logits,
                           const LabelField& target, const DenseField* weight,
                           const std::vector<double>& class_weight);

/// The squared error at observed cells of the target: {sum of w e^2, sum of w}; weights and
/// gradient as above.
void squared_error(Program& program, const LossTerm& loss, const Variable& prediction,
                   const DenseField& target, const DenseField* weight);

/// The same of the cross entropy of targets in [0, 1] and the sigmoid of logits, in nats.
void sigmoid_cross_entropy(Program& program, const LossTerm& loss, const Variable& logits,
                           const DenseField& target, const DenseField* weight);

}  // namespace lacuna::ops
