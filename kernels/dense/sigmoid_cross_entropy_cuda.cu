// See cell_loss.cuh. The floor is one read of logits, target and weights and one write of the
// gradient; the exponential, which loss and gradient share, and the logarithm are meant
// to hide behind it.
#include "kernels/core/device_kernel.hpp"
#include "kernels/dense/cell_loss.cuh"
#include "kernels/dense/sigmoid_cross_entropy_cell.hpp"

namespace lacuna::LACUNA_DEVICE {

void compute(Here, const ExecContext& ctx, const SigmoidCrossEntropy<float>& op) {
  compute_cell_loss<SigmoidCrossEntropyCell<float>>(ctx, "sigmoid_cross_entropy", cells_of(op));
}

template struct Kernel<SigmoidCrossEntropy>;

}  // namespace lacuna::LACUNA_DEVICE
