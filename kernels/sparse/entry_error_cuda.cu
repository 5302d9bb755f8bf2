// A block per row: it clears the gradient's row, visits the entries, and leaves the row's sum; one
// block adds these in order. The floor is one write of the gradient, one read of the entries and
// of the predictions around them.
#include <algorithm>

#include "kernels/core/block_sum.cuh"
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/scratch_layout.hpp"
#include "kernels/sparse/entry_error.hpp"
#include "kernels/sparse/row_entries.cuh"

namespace lacuna::LACUNA_DEVICE {

namespace {

constexpr unsigned error_threads = 256;

template <int Width>
__global__ void __launch_bounds__(error_threads)
    differentiate(EntryError<float> op, double* row_loss) {
  const RowEntries row(op.target, blockIdx.x);
  const float* prediction = op.prediction.row(blockIdx.x);
  float* gradient = op.gradient.row(blockIdx.x);
  clear_row<Width, error_threads>(gradient, op.gradient.cols);
  __syncthreads();
  double sum = 0;
  for (std::int64_t e = row.begin + threadIdx.x; e < row.end; e += error_threads) {
    const std::int32_t c = op.target.col[e];
    const float error = prediction[c] - op.target.value[e];
    gradient[c] = 2 * error;
    sum += static_cast<double>(error) * static_cast<double>(error);
  }
  sum = block_sum<error_threads>(sum);
  if (threadIdx.x == 0) row_loss[blockIdx.x] = sum;
}

/// The batch's size is known to the device alone where its rows are dealt anew.
__global__ void __launch_bounds__(error_threads)
    add_rows(CsrView<float> target, const double* row_loss, LossSum* loss) {
  const double sum = sum_of_partials<error_threads>(row_loss, target.rows);
  if (threadIdx.x > 0) return;
  loss->sum = sum;
  loss->count =
      target.rows == 0 ? 0.0 : static_cast<double>(target.row_ptr[target.rows] - target.row_ptr[0]);
}

}  // namespace

void compute(Here, const ExecContext& ctx, const EntryError<float>& op) {
  const std::int64_t rows = op.target.rows;
  ScratchLayout layout;
  const std::size_t of_rows = layout.add<double>(std::max<std::int64_t>(rows, 1));
  layout.reserve(ctx);
  auto* row_loss = layout.at<double>(of_rows);
  with_width(fits_packs(op.gradient), [&]<int Width>(std::integral_constant<int, Width>) {
    launch(ctx, "entry_error", blocks_for(rows, 1), error_threads, differentiate<Width>, op,
           row_loss);
  });
  launch(ctx, "entry_error", 1, error_threads, add_rows, op.target, row_loss, op.loss);
}

template struct Kernel<EntryError>;

}  // namespace lacuna::LACUNA_DEVICE
