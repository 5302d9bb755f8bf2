#include "experiments/bench/copy_ceiling.hpp"

#include <algorithm>

#include "kernels/core/partition.hpp"
#include "kernels/dense/random_fill.hpp"

namespace lacuna::experiments::bench {

namespace {

constexpr std::int64_t elements = (std::int64_t{256} << 20) / static_cast<int>(sizeof(float));

}  // namespace

CopyCeiling::CopyCeiling(DeviceContext& context)
    : context_(context),
      from_(Array<float>::uninitialized(context.pool(), elements)),
      to_(Array<float>::uninitialized(context.pool(), elements)) {
  if (context.device() != Device::cpu) {
    context.runtime().clear(from_.data(), size());
  } else {  // pages of their own, each where its thread is: untouched ones are all the same
    fill_uniform<float>(context.exec(), {{}, -1.0f, 1.0f, from_.span()});
  }
  run();
}

void CopyCeiling::run() {
  if (context_.device() != Device::cpu) {
    return context_.runtime().copy(to_.data(), from_.data(), size());
  }
  const int threads = context_.exec().threads;
  const Blocks pieces{elements, (elements + threads - 1) / threads};
#pragma omp parallel for num_threads(threads) schedule(static)
  for (std::int64_t piece = 0; piece < pieces.count(); ++piece) {
    std::copy(from_.data() + pieces.begin(piece), from_.data() + pieces.end(piece),
              to_.data() + pieces.begin(piece));
  }
}

}  // namespace lacuna::experiments::bench
