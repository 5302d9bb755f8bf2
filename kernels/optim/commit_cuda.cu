// A copy that the clock may stop: the floor is one read and one write of every element. The clock
// is read by every thread, from L2, before its first load.
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/pack.cuh"
#include "kernels/optim/commit.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

constexpr unsigned commit_threads = 256;
constexpr int packs_at_once = 4;
constexpr std::int64_t piece = 4 * packs_at_once * std::int64_t{commit_threads};

__global__ void commit_piece(const float* from, float* to, std::int64_t size, const Clock* clock) {
  if (clock->stopped != 0) return;
  const bool aligned = fits_packs(from) && fits_packs(to);
  Pack<4> packs[packs_at_once];
  const auto element = [&](int v) {
    return blockIdx.x * piece + 4 * (v * std::int64_t{commit_threads} + threadIdx.x);
  };
  for (int v = 0; v < packs_at_once; ++v) {
    packs[v] = load_some(from + element(v), size - element(v), aligned);
  }
  for (int v = 0; v < packs_at_once; ++v) {
    store_some(to + element(v), size - element(v), aligned, packs[v]);
  }
}

}  // namespace

void compute(Here, const ExecContext& ctx, const Commit<float>& op) {
  const auto size = static_cast<std::int64_t>(op.to.size());
  launch(ctx, "commit", blocks_for(size, piece), commit_threads, commit_piece, op.from.data(),
         op.to.data(), size, op.clock);
}

template struct Kernel<Commit>;

}  // namespace lacuna::LACUNA_DEVICE
