#pragma once

#include <functional>

#include "runtime/ops/masked_ops.hpp"
#include "runtime/program/program.hpp"

/// Ops on the likelihood of rows of zeros and ones under models that give each cell's logit from
/// the cells before it. They have no gradient: throw std::logic_error in a program that trains.
namespace lacuna::ops {

/// Rows and their cells' logits, [rows, columns] both, in one order.
struct OrderedCells {
  Variable x;
  Variable logits;
};

/// Records the logits of rows x in a program, under the mask of the number.
using RecordCells = std::function<OrderedCells(Program&, const Variable& x, const MaskNumber&)>;

/// log of the mean of p(x) over the masks, plus count_term [columns + 1] at the row's number of
/// non-zeros where that is defined: [rows, 1].
Variable mixture_log_likelihood(Program& program, const Variable& x, std::int64_t masks,
                                const Tensor& count_term, const RecordCells& record);

/// The same of the mean of the masks' logits in place of that of the probabilities; no likelihood.
/// `record` puts cells in the order of x.
Variable averaged_logits(Program& program, const Variable& x, std::int64_t masks,
                         const RecordCells& record);

/// Rows as many as the batch has, drawn cell by cell in the order of their columns: [rows,
/// columns]. A draw is a function of (seed, step, column, row); the mask is the step's.
Variable drawn_in_order(Program& program, std::int64_t columns, std::uint64_t seed,
                        const RecordCells& record);

}  // namespace lacuna::ops
