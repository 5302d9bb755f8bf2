#include "experiments/bench/copy_ceiling.hpp"

#include <algorithm>

#include "kernels/core/partition.hpp"

namespace lacuna::experiments::bench {

namespace {

constexpr std::int64_t elements = (std::int64_t{256} << 20) / static_cast<int>(sizeof(float));

}  // namespace

CopyCeiling::CopyCeiling(DeviceContext& context)
    : context_(context), from_(context.pool(), elements), to_(context.pool(), elements) {
  std::ranges::fill(from_.span(), 1.0f);  // pages of their own: untouched ones are all the same
  run();
}

void CopyCeiling::run() {
  const int threads = context_.exec().threads;
  const Blocks pieces{elements, (elements + threads - 1) / threads};
#pragma omp parallel for num_threads(threads) schedule(static)
  for (std::int64_t piece = 0; piece < pieces.count(); ++piece) {
    std::copy(from_.data() + pieces.begin(piece), from_.data() + pieces.end(piece),
              to_.data() + pieces.begin(piece));
  }
}

}  // namespace lacuna::experiments::bench
