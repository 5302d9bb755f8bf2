// The weights of the labels are added up first; then a warp takes a row, see softmax_row.cuh, and
// writes its gradient. The floor is one read of the logits and one write of the gradient.
#include "kernels/core/device_kernel.hpp"
#include "kernels/dense/label_weight.hpp"
#include "kernels/dense/loss_sums.cuh"
#include "kernels/dense/softmax_cross_entropy.hpp"
#include "kernels/dense/softmax_row.cuh"

namespace lacuna::LACUNA_DEVICE {

namespace {

constexpr int weights_a_thread = 8;
constexpr std::int64_t weights_a_block = std::int64_t{weights_a_thread} * warp_row_threads;

__global__ void sum_weights(SoftmaxCrossEntropy<float> op, double* partial) {
  double sum = 0;
  for (int v = 0; v < weights_a_thread; ++v) {
    const std::int64_t r =
        blockIdx.x * weights_a_block + v * std::int64_t{warp_row_threads} + threadIdx.x;
    if (r < op.logits.rows) sum += static_cast<double>(label_weight(op, r));
  }
  sum = block_sum<warp_row_threads>(sum);
  if (threadIdx.x == 0) partial[blockIdx.x] = sum;
}

template <int Width>
__device__ void store_gradient(const SoftmaxCrossEntropy<float>& op, std::int64_t r, float weight,
                               const SoftmaxRow& row) {
  const float share = weight == 0.0f ? 0.0f : gradient_share(op.scale, weight, op.loss->count);
  const float factor = share / row.sum;
  const std::int64_t label = op.label[r];
  for_packs<Width>(op.logits.cols, [&](std::int64_t j) {
    Pack<Width> pack = {};
    if (weight != 0.0f) pack = load<Width>(op.logits.row(r) + j);
    for (int k = 0; k < Width; ++k) {
      const float p = factor * elementary::exp(pack.x[k] - row.largest);
      pack.x[k] = weight == 0.0f ? 0.0f : p - (j + k == label ? share : 0.0f);
    }
    store<Width>(op.logits_gradient.row(r) + j, pack);
  });
}

/// The loss of the warp's row.
template <int Width>
__device__ double differentiate_row(const SoftmaxCrossEntropy<float>& op, std::int64_t r) {
  const float weight = label_weight(op, r);
  SoftmaxRow row = {};
  if (weight != 0.0f) row = SoftmaxRow::of<Width>(op.logits.row(r), op.logits.cols);
  if (op.logits_gradient.data != nullptr) store_gradient<Width>(op, r, weight, row);
  if (weight == 0.0f) return 0;
  const double below = static_cast<double>(op.logits.row(r)[op.label[r]]) - row.largest;
  return weight * (elementary::log(static_cast<double>(row.sum)) - below);
}

template <int Width>
__global__ void differentiate_rows(SoftmaxCrossEntropy<float> op, double* partial) {
  const std::int64_t r = row_of_warp();
  double loss = r < op.logits.rows ? differentiate_row<Width>(op, r) : 0;
  loss = block_sum<warp_row_threads>(threadIdx.x % warp_lanes == 0 ? loss : 0);
  if (threadIdx.x == 0) partial[blockIdx.x] = loss;
}

}  // namespace

void compute(Here, const ExecContext& ctx, const SoftmaxCrossEntropy<float>& op) {
  constexpr const char* name = "softmax_cross_entropy";
  const std::int64_t rows = op.logits.rows;
  const LossPartials partials(ctx, blocks_for(rows, weights_a_block), blocks_for(rows, warp_rows));
  launch(ctx, name, blocks_for(rows, weights_a_block), warp_row_threads, sum_weights, op,
         partials.weight);
  partials.add_weights(ctx, name, op.loss);
  const bool packs = fits_packs(op.logits) && fits_packs(op.logits_gradient);
  with_width(packs, [&]<int Width>(std::integral_constant<int, Width>) {
    launch(ctx, name, blocks_for(rows, warp_rows), warp_row_threads, differentiate_rows<Width>, op,
           partials.loss);
  });
  partials.add_losses(ctx, name, op.loss);
}

template struct Kernel<SoftmaxCrossEntropy>;

}  // namespace lacuna::LACUNA_DEVICE
