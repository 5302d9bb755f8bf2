#include <algorithm>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/dense/random_fill.hpp"
#include "kernels/dense/random_values.hpp"

namespace lacuna::cpu {

namespace {

/// Philox gives four words at a time: element i comes from word i % 4 of block i / 4.
template <class T, class Values>
void fill_blocks(const ExecContext& ctx, const RandomStream& stream, std::span<T> x,
                 Values values) {
  const auto size = static_cast<std::int64_t>(x.size());
#pragma omp parallel for num_threads(ctx.threads) schedule(static)
  for (std::int64_t block = 0; block < (size + 3) / 4; ++block) {
    const std::array<double, 4> four = values(philox(stream, static_cast<std::uint64_t>(block)));
    const std::int64_t count = std::min<std::int64_t>(4, size - 4 * block);
    for (std::int64_t i = 0; i < count; ++i) {
      x[static_cast<std::size_t>(4 * block + i)] =
          static_cast<T>(four[static_cast<std::size_t>(i)]);
    }
  }
}

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const FillUniform<T>& op) {
  fill_blocks(ctx, op.stream, op.x, UniformValues<T>{op.low, op.high});
}

template <class T>
void compute(Here, const ExecContext& ctx, const FillNormal<T>& op) {
  fill_blocks(ctx, op.stream, op.x, NormalValues<T>{op.mean, op.stddev});
}

template struct Kernel<FillUniform>;
template struct Kernel<FillNormal>;

}  // namespace lacuna::cpu
