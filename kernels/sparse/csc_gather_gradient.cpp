#include "kernels/sparse/csc_gather_gradient.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void csc_gather_gradient(const ExecContext& ctx, const CscView& pattern,
                         std::span<const GatherTerm<T>> terms) {
  dispatch("csc_gather_gradient", ctx, [&] { cpu::csc_gather_gradient(ctx, pattern, terms); });
}

template void csc_gather_gradient(const ExecContext&, const CscView&,
                                  std::span<const GatherTerm<float>>);
template void csc_gather_gradient(const ExecContext&, const CscView&,
                                  std::span<const GatherTerm<double>>);

}  // namespace lacuna
