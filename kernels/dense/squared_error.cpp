#include "kernels/dense/squared_error.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void squared_error(const ExecContext& ctx, const SquaredError<T>& op) {
  dispatch<T>(
      "squared_error", ctx, [&] { cpu::squared_error(ctx, op); },
      [&] { cuda::squared_error(ctx, op); }, [&] { emulated::squared_error(ctx, op); });
}

template void squared_error(const ExecContext&, const SquaredError<float>&);
template void squared_error(const ExecContext&, const SquaredError<double>&);

}  // namespace lacuna
