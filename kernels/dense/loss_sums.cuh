#pragma once

#include <algorithm>

#include "kernels/core/block_sum.cuh"
#include "kernels/core/scratch_layout.hpp"
#include "kernels/optim/loss_sum.hpp"

/// What the losses share: the weights must be added up before the first gradient can be written.
/// Blocks leave partial sums in scratch, of weights first, then of losses; one block adds them in
/// order.
namespace lacuna {
inline namespace LACUNA_NS {

inline constexpr unsigned loss_sum_threads = 1024;

template <unsigned Threads>
__global__ void __launch_bounds__(Threads)
    add_partials(const double* partial, std::int64_t count, double* sum) {
  const double total = sum_of_partials<Threads>(partial, count);
  if (threadIdx.x == 0) *sum = total;
}

template <unsigned Threads>
__global__ void __launch_bounds__(Threads)
    set_loss(const double* partial, std::int64_t blocks, double count, LossSum* loss) {
  const double total = sum_of_partials<Threads>(partial, blocks);
  if (threadIdx.x == 0) *loss = {total, count};
}

/// loss = {the sum of the partial sums, count}; no partial sums: 0.
inline void add_losses_over(const ExecContext& ctx, const char* name, const double* partial,
                            std::int64_t blocks, double count, LossSum* loss) {
  launch(ctx, name, 1, loss_sum_threads, set_loss<loss_sum_threads>, partial, blocks, count, loss);
}

/// Scratch of one call of a loss whose cells have weights.
struct LossPartials {
  std::int64_t weight_blocks, loss_blocks;
  double* weight = nullptr;  ///< [weight_blocks]
  double* loss = nullptr;    ///< [loss_blocks]

  LossPartials(const ExecContext& ctx, std::int64_t weight_blocks_, std::int64_t loss_blocks_)
      : weight_blocks(weight_blocks_), loss_blocks(loss_blocks_) {
    ScratchLayout layout;
    const std::size_t weights = layout.add<double>(std::max<std::int64_t>(weight_blocks, 1));
    const std::size_t losses = layout.add<double>(std::max<std::int64_t>(loss_blocks, 1));
    layout.reserve(ctx);
    weight = layout.at<double>(weights);
    loss = layout.at<double>(losses);
  }

  void add_weights(const ExecContext& ctx, const char* name, LossSum* sum) const {
    launch(ctx, name, 1, loss_sum_threads, add_partials<loss_sum_threads>, weight, weight_blocks,
           &sum->count);
  }
  void add_losses(const ExecContext& ctx, const char* name, LossSum* sum) const {
    launch(ctx, name, 1, loss_sum_threads, add_partials<loss_sum_threads>, loss, loss_blocks,
           &sum->sum);
  }
};

}  // namespace LACUNA_NS
}  // namespace lacuna
