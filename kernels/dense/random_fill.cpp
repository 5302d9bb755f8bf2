#include "kernels/dense/random_fill.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void fill_uniform(const ExecContext& ctx, const RandomStream& stream, T low, T high,
                  std::span<T> x) {
  dispatch<T>(
      "fill_uniform", ctx, [&] { cpu::fill_uniform(ctx, stream, low, high, x); },
      [&] { cuda::fill_uniform(ctx, stream, low, high, x); },
      [&] { emulated::fill_uniform(ctx, stream, low, high, x); });
}

template <class T>
void fill_normal(const ExecContext& ctx, const RandomStream& stream, T mean, T stddev,
                 std::span<T> x) {
  dispatch<T>(
      "fill_normal", ctx, [&] { cpu::fill_normal(ctx, stream, mean, stddev, x); },
      [&] { cuda::fill_normal(ctx, stream, mean, stddev, x); },
      [&] { emulated::fill_normal(ctx, stream, mean, stddev, x); });
}

template void fill_uniform(const ExecContext&, const RandomStream&, float, float, std::span<float>);
template void fill_uniform(const ExecContext&, const RandomStream&, double, double,
                           std::span<double>);
template void fill_normal(const ExecContext&, const RandomStream&, float, float, std::span<float>);
template void fill_normal(const ExecContext&, const RandomStream&, double, double,
                          std::span<double>);

}  // namespace lacuna
