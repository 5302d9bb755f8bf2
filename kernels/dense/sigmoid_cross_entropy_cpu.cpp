#include "kernels/core/cpu_kernel.hpp"
#include "kernels/dense/cell_loss_cpu.hpp"
#include "kernels/dense/sigmoid_cross_entropy_cell.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const SigmoidCrossEntropy<T>& op) {
  compute_cell_loss<SigmoidCrossEntropyCell<T>>(ctx, cells_of(op));
}

template struct Kernel<SigmoidCrossEntropy>;

}  // namespace lacuna::cpu
