// Elementwise: the floor is two reads and one write of every element.
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/pack.cuh"
#include "kernels/dense/add.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

constexpr unsigned add_threads = 256;
constexpr int packs_at_once = 2;
constexpr std::int64_t piece = 4 * packs_at_once * std::int64_t{add_threads};

__global__ void add_piece(const float* x, float* y, std::int64_t size) {
  const bool aligned = fits_packs(x) && fits_packs(y);
  Pack<4> term[packs_at_once];
  Pack<4> sum[packs_at_once];
  const auto element = [&](int v) {
    return blockIdx.x * piece + 4 * (v * std::int64_t{add_threads} + threadIdx.x);
  };
  for (int v = 0; v < packs_at_once; ++v) {
    term[v] = load_some(x + element(v), size - element(v), aligned);
    sum[v] = load_some(y + element(v), size - element(v), aligned);
  }
  for (int v = 0; v < packs_at_once; ++v) {
    for (int j = 0; j < 4; ++j) sum[v].x[j] += term[v].x[j];
    store_some(y + element(v), size - element(v), aligned, sum[v]);
  }
}

}  // namespace

void compute(Here, const ExecContext& ctx, const Add<float>& op) {
  const auto size = static_cast<std::int64_t>(op.x.size());
  launch(ctx, "add", blocks_for(size, piece), add_threads, add_piece, op.x.data(), op.y, size);
}

template struct Kernel<Add>;

}  // namespace lacuna::LACUNA_DEVICE
