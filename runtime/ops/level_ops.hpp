#pragma once

#include "kernels/levels/level_cost.hpp"
#include "runtime/program/program.hpp"

/// Ops on the levels of sparse rows' entries; see LevelCoding.
namespace lacuna::ops {

/// The decoder of L levels: a score of each column and level is one of weight's rows [d L, units]
/// times the hidden row, plus bias [d L].
struct LevelDecoder {
  Variable weight;
  Variable bias;
  Tensor values;  ///< [L], ascending
  LevelCost cost;
};

/// The cost of the levels of `asked`'s entries, of each row (given + asked) / asked times their
/// sum: {sum, rows}; the gradient is of weight times the mean over the batch's rows. hidden [rows,
/// units]; `given` has the row's other entries.
void level_loss(Program& program, const LossTerm& loss, const SparseField& asked,
                const SparseField& given, const Variable& hidden, const LevelDecoder& decoder);

/// What is expected at the entries of `cells`, in their order: [most entries]. It has no gradient.
Variable level_prediction(Program& program, const SparseField& cells, const Variable& hidden,
                          const LevelDecoder& decoder);

/// What is expected at all columns: [rows, d]. It has no gradient.
Variable level_expectation(Program& program, const Variable& hidden, const LevelDecoder& decoder);

}  // namespace lacuna::ops
