#pragma once

#include "kernels/core/activation.hpp"
#include "kernels/core/sparsity.hpp"
#include "runtime/program/program.hpp"

/// Ops on sparse rows as programs record them; float32 or float64 as the program is. Nothing is
/// computed here: a call appends to the program, see Program::record().
namespace lacuna::ops {

/// f(s (X W) + b), with Sparsity Normalization's s where it is on: x has `d` columns, weight
/// [d, units], bias [units]. Sparse rows have no gradient.
Variable sparse_linear(Program& program, const SparseField& x, const Variable& weight,
                       const Variable& bias, const SparsityNormalization& normalization,
                       Activation activation);

/// H V^T + b at the entries of `cells` only: hidden [rows, units], weight [d, units], bias [d];
/// [most entries], in their order. It has no gradient.
Variable observed_prediction(Program& program, const SparseField& cells, const Variable& hidden,
                             const Variable& weight, const Variable& bias);

/// The squared error of the same against the values of the entries: {sum, entries}. Throws
/// std::logic_error for a weight other than 1.
void observed_loss(Program& program, const LossTerm& loss, const SparseField& target,
                   const Variable& hidden, const Variable& weight, const Variable& bias);

/// Sparse rows written out, [rows, d], with Sparsity Normalization's s where it is on: what most
/// cells are observed of. They have no gradient.
Variable scatter_rows(Program& program, const SparseField& x,
                      const SparsityNormalization& normalization);

/// The squared error of dense predictions [rows, d] at the entries of `target`: {sum, entries}.
/// Throws std::logic_error for a weight other than 1.
void entry_error(Program& program, const LossTerm& loss, const Variable& prediction,
                 const SparseField& target);

}  // namespace lacuna::ops
