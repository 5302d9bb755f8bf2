// A warp per row: the floor is one read of both matrices.
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/warp_rows.cuh"
#include "kernels/likelihood/bernoulli_cell.hpp"
#include "kernels/likelihood/bernoulli_log_likelihood.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

template <int Width>
__global__ void sum_rows_of_cells(BernoulliLogLikelihood<float> op) {
  const std::int64_t r = row_of_warp();
  if (r >= op.x.rows) return;
  double sum = 0;
  int count = 0;
  for_packs<Width>(op.x.cols, [&](std::int64_t c) {
    const Pack<Width> z = load<Width>(op.logits.row(r) + c);
    const Pack<Width> x = load<Width>(op.x.row(r) + c);
    for (int j = 0; j < Width; ++j) {
      sum += bernoulli_log(z.x[j], x.x[j]);
      count += x.x[j] != 0.0F ? 1 : 0;
    }
  });
  sum = warp_sum(sum);
  count = warp_sum(count);
  if (threadIdx.x % warp_lanes != 0) return;
  if (op.count_term != nullptr) sum += static_cast<double>(op.count_term[count]);
  *op.value.row(r) = static_cast<float>(sum);
}

}  // namespace

void compute(Here, const ExecContext& ctx, const BernoulliLogLikelihood<float>& op) {
  with_width(fits_packs(op.logits) && fits_packs(op.x),
             [&]<int Width>(std::integral_constant<int, Width>) {
               launch(ctx, "bernoulli_log_likelihood", blocks_for(op.x.rows, warp_rows),
                      warp_row_threads, sum_rows_of_cells<Width>, op);
             });
}

template struct Kernel<BernoulliLogLikelihood>;

}  // namespace lacuna::LACUNA_DEVICE
