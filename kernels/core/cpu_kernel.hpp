#pragma once

#include "kernels/core/op.hpp"

/// For _cpu.cpp files: what their last line makes of compute().
namespace lacuna::cpu {

template <template <class> class Op>
void Kernel<Op>::run(const ExecContext& ctx, const Op<float>& op) {
  compute(Here(), ctx, op);
}

template <template <class> class Op>
void Kernel<Op>::run(const ExecContext& ctx, const Op<double>& op) {
  compute(Here(), ctx, op);
}

}  // namespace lacuna::cpu
