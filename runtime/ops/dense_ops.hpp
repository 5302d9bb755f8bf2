#pragma once

#include "kernels/core/activation.hpp"
#include "kernels/core/sparsity.hpp"
#include "kernels/dense/impute.hpp"
#include "runtime/program/program.hpp"

/// Ops on dense rows as programs record them; float32 or float64 as the program is. Nothing is
/// computed here: a call appends to the program, see Program::record().
namespace lacuna::ops {

/// f(X W + b): x [rows, inputs], weight [inputs, units], bias [units] or undefined. Throws
/// std::logic_error for shapes that do not fit, as all ops here do.
Variable linear(Program& program, const Variable& x, const Variable& weight, const Variable& bias,
                Activation activation);

/// f(X W^T + b): weight [units, inputs], as a decoder that is tied to an encoder reads it.
Variable linear_transposed(Program& program, const Variable& x, const Variable& weight,
                           const Variable& bias, Activation activation);

/// f(x + b), row by row.
Variable bias(Program& program, const Variable& x, const Variable& b, Activation activation);

/// Sparsity Normalization of dense rows; `mask`, of the shape of x, is a 0/1 tensor for
/// CountBy::mask and undefined for CountBy::non_zeros. The count is held constant in backward.
Variable sparsity_normalize(Program& program, const Variable& x, const Tensor& mask,
                            const SparsityNormalization& normalization);

/// a + b, of the same shape.
Variable sum(Program& program, const Variable& a, const Variable& b);

/// Each row of x times its number in `scale` [most rows]. It has no gradient.
Variable scale_rows(Program& program, const Variable& x, const Tensor& scale);

/// What a network sees of dense rows with holes: scale * x where observed, scale * fill elsewhere;
/// or, with normalization, x as sparsity_normalize() has it.
struct Imputation {
  std::vector<float> fill = {};  ///< a number a column; empty: zeros
  double scale = 1;
  Indicate indicators = Indicate::nothing;  ///< else as many columns more, which nothing scales
  SparsityNormalization normalization = {};
};
/// Data have no gradient, and neither has this.
Variable impute(Program& program, const DenseField& x, const Imputation& imputation);

/// What makes up for the elements that dropout leaves out: 1 / (1 - rate), which is right in the
/// mean, or columns / count of those that were kept of the row (Sparsity Normalization).
enum class DropoutScale { expected, kept };

/// Dropout of a share `rate` of the elements, the others scaled; which ones is a function of (seed,
/// layer, step, row, column). The identity in programs that do not train.
struct DropoutOptions {
  double rate = 0;
  DropoutScale scale = DropoutScale::expected;
};
Variable dropout(Program& program, const Variable& x, const DropoutOptions& options,
                 std::uint64_t seed, std::uint32_t layer);

}  // namespace lacuna::ops
