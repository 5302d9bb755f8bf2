#include "kernels/core/cpu_kernel.hpp"
#include "kernels/optim/set_input.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext&, const SetInput<T>& op) {
  *op.input = op.value;
}

template struct Kernel<SetInput>;

}  // namespace lacuna::cpu
