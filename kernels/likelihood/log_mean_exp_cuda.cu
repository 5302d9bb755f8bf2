// A warp per row: models of a mixture are some dozens.
#include <cmath>

#include "kernels/core/device_kernel.hpp"
#include "kernels/dense/softmax_row.cuh"
#include "kernels/likelihood/log_mean_exp.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

__global__ void mix_rows(LogMeanExp<float> op) {
  const std::int64_t r = row_of_warp();
  if (r >= op.x.rows) return;
  const SoftmaxRow row = SoftmaxRow::of<1>(op.x.row(r), op.x.cols);
  if (threadIdx.x % warp_lanes != 0) return;
  const double mean = static_cast<double>(row.sum) / static_cast<double>(op.x.cols);
  op.y[r] = static_cast<float>(static_cast<double>(row.largest) + std::log(mean));
}

}  // namespace

void compute(Here, const ExecContext& ctx, const LogMeanExp<float>& op) {
  launch(ctx, "log_mean_exp", blocks_for(op.x.rows, warp_rows), warp_row_threads, mix_rows, op);
}

template struct Kernel<LogMeanExp>;

}  // namespace lacuna::LACUNA_DEVICE
