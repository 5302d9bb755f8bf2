// See cell_loss.cuh. The floor is one read of prediction, target and weights and one write of the
// gradient.
#include "kernels/core/device_kernel.hpp"
#include "kernels/dense/cell_loss.cuh"
#include "kernels/dense/squared_error_cell.hpp"

namespace lacuna::LACUNA_DEVICE {

void compute(Here, const ExecContext& ctx, const SquaredError<float>& op) {
  compute_cell_loss<SquaredErrorCell<float>>(ctx, "squared_error", cells_of(op));
}

template struct Kernel<SquaredError>;

}  // namespace lacuna::LACUNA_DEVICE
