// A thread per Philox block: four values from four words, stored at once. The floor is one write of
// x. Values are computed in double, as on the CPU, so that both devices see the same numbers.
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/pack.cuh"
#include "kernels/dense/random_fill.hpp"
#include "kernels/dense/random_values.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

template <class Values>
__global__ void fill(RandomStream stream, Values values, float* x, std::int64_t size) {
  const std::int64_t block = std::int64_t{blockIdx.x} * blockDim.x + threadIdx.x;
  if (4 * block >= size) return;
  const std::array<double, 4> four = values(philox(stream, static_cast<std::uint64_t>(block)));
  Pack<4> pack;
  for (std::size_t i = 0; i < 4; ++i) pack.x[i] = static_cast<float>(four[i]);
  store_some(x + 4 * block, size - 4 * block, fits_packs(x), pack);
}

template <class Values>
void fill_all(const ExecContext& ctx, const char* name, const RandomStream& stream,
              const Values& values, std::span<float> x) {
  constexpr unsigned threads = 256;
  const auto size = static_cast<std::int64_t>(x.size());
  launch(ctx, name, blocks_for(size, 4 * threads), threads, fill<Values>, stream, values, x.data(),
         size);
}

}  // namespace

void compute(Here, const ExecContext& ctx, const FillUniform<float>& op) {
  fill_all(ctx, "fill_uniform", op.stream, UniformValues<float>{op.low, op.high}, op.x);
}

void compute(Here, const ExecContext& ctx, const FillNormal<float>& op) {
  fill_all(ctx, "fill_normal", op.stream, NormalValues<float>{op.mean, op.stddev}, op.x);
}

template struct Kernel<FillUniform>;
template struct Kernel<FillNormal>;

}  // namespace lacuna::LACUNA_DEVICE
