#include "kernels/dense/add.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void add(const ExecContext& ctx, const Add<T>& op) {
  dispatch<T>(
      "add", ctx, [&] { cpu::add(ctx, op); }, [&] { cuda::add(ctx, op); },
      [&] { emulated::add(ctx, op); });
}

template void add(const ExecContext&, const Add<float>&);
template void add(const ExecContext&, const Add<double>&);

}  // namespace lacuna
