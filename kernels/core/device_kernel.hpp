#pragma once

#include "kernels/core/op.hpp"

/// For _cuda.cu files: what their last line makes of compute().
namespace lacuna::LACUNA_DEVICE {

template <template <class> class Op>
void Kernel<Op>::run(const ExecContext& ctx, const Op<float>& op) {
  compute(Here(), ctx, op);
}

}  // namespace lacuna::LACUNA_DEVICE
