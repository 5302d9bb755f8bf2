// A warp per row, see softmax_row.cuh. The floor is one read and one write of every element.
#include "kernels/core/device_kernel.hpp"
#include "kernels/dense/softmax.hpp"
#include "kernels/dense/softmax_row.cuh"

namespace lacuna::LACUNA_DEVICE {

namespace {

template <int Width>
__global__ void normalize_rows(Softmax<float> op) {
  const std::int64_t r = row_of_warp();
  if (r >= op.x.rows) return;
  const float* x = op.x.row(r);
  const auto row = SoftmaxRow::of<Width>(x, op.x.cols);
  const float share = 1 / row.sum;
  for_packs<Width>(op.x.cols, [&](std::int64_t j) {
    Pack<Width> pack = load<Width>(x + j);
    for (float& value : pack.x) value = share * elementary::exp(value - row.largest);
    store<Width>(op.y.row(r) + j, pack);
  });
}

}  // namespace

void compute(Here, const ExecContext& ctx, const Softmax<float>& op) {
  if (op.x.cols == 0) return;
  const bool packs = fits_packs(op.x) && fits_packs(op.y);
  with_width(packs, [&]<int Width>(std::integral_constant<int, Width>) {
    launch(ctx, "softmax", blocks_for(op.x.rows, warp_rows), warp_row_threads,
           normalize_rows<Width>, op);
  });
}

template struct Kernel<Softmax>;

}  // namespace lacuna::LACUNA_DEVICE
