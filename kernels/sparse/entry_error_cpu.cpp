#include <algorithm>

#include "kernels/core/blocked_sum.hpp"
#include "kernels/core/cpu_kernel.hpp"
#include "kernels/sparse/entry_error.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const EntryError<T>& op) {
  const CsrView<T>& target = op.target;
  const auto add_row = [&](std::int64_t r, double* sum) {
    const T* prediction = op.prediction.row(r);
    T* gradient = op.gradient.row(r);
    std::fill_n(gradient, op.gradient.cols, T(0));
    const std::int64_t begin = target.row_ptr[r];
    add_to_lanes(target.row_ptr[r + 1] - begin, sum, [=](std::int64_t i) {
      const std::int32_t c = target.col[begin + i];
      const T error = prediction[c] - target.value[begin + i];
      gradient[c] = 2 * error;
      return static_cast<double>(error) * static_cast<double>(error);
    });
  };
  op.loss->sum = blocked_row_sum(ctx, op.gradient.rows, op.gradient.cols, add_row);
  const std::int64_t entries = target.row_ptr[target.rows] - target.row_ptr[0];
  op.loss->count = static_cast<double>(entries);
}

template struct Kernel<EntryError>;

}  // namespace lacuna::cpu
