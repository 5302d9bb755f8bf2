#include "experiments/bench/copy_ceiling.hpp"

#include <algorithm>

#include "kernels/core/partition.hpp"
#include "kernels/dense/random_fill.hpp"

namespace lacuna::experiments::bench {

CopyCeiling::CopyCeiling(DeviceContext& context, std::int64_t bytes)
    : context_(context),
      from_(Array<float>::uninitialized(context.pool(), bytes / std::int64_t{sizeof(float)})),
      to_(Array<float>::uninitialized(context.pool(), elements())) {
  // On the CPU also for pages of their own, each where its thread is: untouched ones are all one.
  fill_uniform<float>(context.exec(),
                      {.stream = {}, .low = -1.0f, .high = 1.0f, .x = from_.span()});
  run();
}

void CopyCeiling::run() {
  if (context_.device() != Device::cpu) {
    return context_.runtime().copy(to_.data(), from_.data(), size());
  }
  const int threads = context_.exec().threads;
  const Blocks pieces{elements(), (elements() + threads - 1) / threads};
#pragma omp parallel for num_threads(threads) schedule(static)
  for (std::int64_t piece = 0; piece < pieces.count(); ++piece) {
    std::copy(from_.data() + pieces.begin(piece), from_.data() + pieces.end(piece),
              to_.data() + pieces.begin(piece));
  }
}

}  // namespace lacuna::experiments::bench
