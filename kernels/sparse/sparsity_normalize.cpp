#include "kernels/sparse/sparsity_normalize.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void sparsity_normalize(const ExecContext& ctx, const SparsityNormalize<T>& op) {
  dispatch<T>(
      "sparsity_normalize", ctx, [&] { cpu::sparsity_normalize(ctx, op); },
      [&] { cuda::sparsity_normalize(ctx, op); }, [&] { emulated::sparsity_normalize(ctx, op); });
}

template <class T>
void sparsity_normalize_backward(const ExecContext& ctx, const SparsityNormalizeBackward<T>& op) {
  dispatch<T>(
      "sparsity_normalize_backward", ctx, [&] { cpu::sparsity_normalize_backward(ctx, op); },
      [&] { cuda::sparsity_normalize_backward(ctx, op); },
      [&] { emulated::sparsity_normalize_backward(ctx, op); });
}

template void sparsity_normalize(const ExecContext&, const SparsityNormalize<float>&);
template void sparsity_normalize(const ExecContext&, const SparsityNormalize<double>&);
template void sparsity_normalize_backward(const ExecContext&,
                                          const SparsityNormalizeBackward<float>&);
template void sparsity_normalize_backward(const ExecContext&,
                                          const SparsityNormalizeBackward<double>&);

}  // namespace lacuna
