#pragma once

#include "kernels/core/activation.hpp"
#include "kernels/core/sparsity.hpp"
#include "runtime/program/program.hpp"

/// Ops on dense rows as programs record them; float32 or float64 as the program is.
namespace lacuna::ops {

/// f(X W + b): x [rows, inputs], weight [inputs, units], bias [units] or undefined.
Variable linear(Program& program, const Variable& x, const Variable& weight, const Variable& bias,
                Activation activation);

/// f(X W^T + b): weight [units, inputs], as a decoder that is tied to an encoder reads it.
Variable linear_transposed(Program& program, const Variable& x, const Variable& weight,
                           const Variable& bias, Activation activation);

/// Sparsity Normalization of dense rows; `mask`, of the shape of x, is a 0/1 tensor for
/// CountBy::mask and undefined for CountBy::non_zeros. The count is held constant in backward.
Variable sparsity_normalize(Program& program, const Variable& x, const Tensor& mask,
                            const SparsityNormalization& normalization);

}  // namespace lacuna::ops
