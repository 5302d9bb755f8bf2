#include <algorithm>

#include "kernels/core/vector_math.hpp"
#include "kernels/sparse/csc_gather_gradient.hpp"

namespace lacuna::cpu {

namespace {

template <class T>
void gather_column(const CscView& pattern, std::int64_t c, const GatherTerm<T>& term) {
  const std::int64_t begin = pattern.col_ptr[c];
  const std::int64_t end = pattern.col_ptr[c + 1];
  const std::int64_t units = term.source.cols;
  const auto coefficient = [&](std::int64_t e) { return term.coefficient[pattern.position[e]]; };
  T* gradient = term.gradient.row(c);
  std::fill_n(gradient, units, T(0));
  accumulate_rows(
      begin, end, coefficient, [&](std::int64_t e) { return term.source.row(pattern.row[e]); },
      units, gradient);
  if (term.column_sum == nullptr) return;
  T sum = 0;
  for (std::int64_t e = begin; e < end; ++e) sum += coefficient(e);
  term.column_sum[c] = sum;
}

}  // namespace

template <class T>
void csc_gather_gradient(const ExecContext& ctx, const CscView& pattern,
                         std::span<const GatherTerm<T>> terms) {
#pragma omp parallel for num_threads(ctx.threads) schedule(dynamic, 8)
  for (std::int64_t c = 0; c < pattern.cols; ++c) {
    for (const GatherTerm<T>& term : terms) gather_column(pattern, c, term);
  }
}

template void csc_gather_gradient(const ExecContext&, const CscView&,
                                  std::span<const GatherTerm<float>>);
template void csc_gather_gradient(const ExecContext&, const CscView&,
                                  std::span<const GatherTerm<double>>);

}  // namespace lacuna::cpu
