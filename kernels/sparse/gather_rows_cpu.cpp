#include "kernels/core/cpu_kernel.hpp"
#include "kernels/sparse/gather_rows.hpp"

#include <algorithm>

namespace lacuna::cpu {

/// On one thread: it runs beside the training of the epoch before.
template <class T>
void compute(Here, const ExecContext&, const GatherRows<T>& op) {
  std::int64_t slot = 0;
  op.row_ptr[0] = 0;
  for (std::int64_t i = 0; i < op.rows; ++i) {
    const std::int64_t begin = op.from.row_ptr[op.order[i]];
    const std::int64_t length = op.from.row_ptr[op.order[i] + 1] - begin;
    std::copy_n(op.from.col + begin, length, op.col + slot);
    std::copy_n(op.from.value + begin, length, op.value + slot);
    slot += length;
    op.row_ptr[i + 1] = slot;
  }
}

template struct Kernel<GatherRows>;

}  // namespace lacuna::cpu
