#include "kernels/dense/impute.hpp"

#include <stdexcept>

#include "kernels/core/dispatch.hpp"

namespace lacuna {

namespace {

template <class T>
void check_shapes(const Impute<T>& op) {
  if (op.y.rows != op.x.rows || op.y.cols != (op.indicators ? 2 : 1) * op.x.cols) {
    throw std::invalid_argument("impute: the shapes of x and y do not fit");
  }
}

}  // namespace

template <class T>
void impute(const ExecContext& ctx, const Impute<T>& op) {
  check_shapes(op);
  dispatch<T>(
      "impute", ctx, [&] { cpu::impute(ctx, op); }, [&] { cuda::impute(ctx, op); },
      [&] { emulated::impute(ctx, op); });
}

template void impute(const ExecContext&, const Impute<float>&);
template void impute(const ExecContext&, const Impute<double>&);

}  // namespace lacuna
