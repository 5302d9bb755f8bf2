#include "kernels/dense/dropout.hpp"

#include <stdexcept>
#include <string>

#include "kernels/core/dispatch.hpp"

namespace lacuna {

namespace {

void check_rate(double rate) {
  if (!(rate >= 0 && rate < 1)) {
    throw std::invalid_argument("dropout: a rate of " + std::to_string(rate) +
                                ", which must be in [0, 1)");
  }
}

}  // namespace

template <class T>
void dropout(const ExecContext& ctx, const Dropout<T>& op) {
  check_rate(op.rate);
  dispatch<T>(
      "dropout", ctx, [&] { cpu::dropout(ctx, op); }, [&] { cuda::dropout(ctx, op); },
      [&] { emulated::dropout(ctx, op); });
}

template <class T>
void dropout_backward(const ExecContext& ctx, const DropoutBackward<T>& op) {
  check_rate(op.rate);
  dispatch<T>(
      "dropout_backward", ctx, [&] { cpu::dropout_backward(ctx, op); },
      [&] { cuda::dropout_backward(ctx, op); }, [&] { emulated::dropout_backward(ctx, op); });
}

template void dropout(const ExecContext&, const Dropout<float>&);
template void dropout(const ExecContext&, const Dropout<double>&);
template void dropout_backward(const ExecContext&, const DropoutBackward<float>&);
template void dropout_backward(const ExecContext&, const DropoutBackward<double>&);

}  // namespace lacuna
