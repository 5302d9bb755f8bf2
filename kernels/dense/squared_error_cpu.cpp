#include "kernels/core/cpu_kernel.hpp"
#include "kernels/dense/cell_loss_cpu.hpp"
#include "kernels/dense/squared_error_cell.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const SquaredError<T>& op) {
  compute_cell_loss<SquaredErrorCell<T>>(ctx, cells_of(op));
}

template struct Kernel<SquaredError>;

}  // namespace lacuna::cpu
