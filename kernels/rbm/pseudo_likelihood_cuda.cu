// A warp per row, whose lanes all draw the row's unit: the floor is one read of a and of a row of W
// for each row of v, of which one element is read.
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/warp_rows.cuh"
#include "kernels/rbm/unit_flip.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

template <int Width>
__global__ void flip_units(PseudoLikelihood<float> op) {
  const std::int64_t r = row_of_warp();
  if (r >= op.v.rows) return;
  const UnitFlip<float> flip(op, at_step(op.stream, *op.step), r);
  const float* a = op.pre_activation.row(r);
  const float* weight = op.weight.row(flip.unit);
  double rises = 0;
  for_packs<Width>(op.pre_activation.cols, [&](std::int64_t j) {
    const Pack<Width> activations = load<Width>(a + j);
    const Pack<Width> weights = load<Width>(weight + j);
    for (int k = 0; k < Width; ++k) rises += flip.rise(activations.x[k], weights.x[k]);
  });
  rises = warp_sum(rises);
  if (threadIdx.x % warp_lanes == 0) op.value[r] = flip.value(op, rises);
}

}  // namespace

void compute(Here, const ExecContext& ctx, const PseudoLikelihood<float>& op) {
  const bool packs = fits_packs(op.pre_activation) && fits_packs(op.weight);
  with_width(packs, [&]<int Width>(std::integral_constant<int, Width>) {
    launch(ctx, "pseudo_likelihood", blocks_for(op.v.rows, warp_rows), warp_row_threads,
           flip_units<Width>, op);
  });
}

template struct Kernel<PseudoLikelihood>;

}  // namespace lacuna::LACUNA_DEVICE
