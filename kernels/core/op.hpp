#pragma once

#include <string_view>
#include <type_traits>

#include "kernels/core/exec_context.hpp"

/// What an op is: a struct template `Op<T>` of its operands, T the type of its numbers, with a
/// `name`; a function of that name which calls dispatch(); and a kernel for each device, an
/// overload of compute() in the device's namespace:
///   ovr_cpu.cpp    namespace cpu            template <class T> void compute(Here, ctx, Ovr<T>)
///   ovr_cuda.cu    namespace LACUNA_DEVICE  void compute(Here, ctx, Ovr<float>)
/// Each of the two files ends with `template struct Kernel<Ovr>;`, which makes it what dispatch()
/// calls. kernels/ops.hpp lists all ops. ovr_case.cpp has their inputs and a reference for tests
/// and benchmarks: kernels/cases.cpp declares and lists it.
namespace lacuna {

// `Here` leads to the overloads of one device. Kernel<Op>::run is defined in device_kernel.hpp, in
// cpu_kernel.hpp or, for devices a build has none for, in no_cuda.cpp.

namespace cpu {
struct Here {};
template <template <class> class Op>
struct Kernel {
  static void run(const ExecContext& ctx, const Op<float>& op);
  static void run(const ExecContext& ctx, const Op<double>& op);
};
}  // namespace cpu

namespace cuda {
struct Here {};
template <template <class> class Op>
struct Kernel {
  static void run(const ExecContext& ctx, const Op<float>& op);
};
}  // namespace cuda

namespace emulated {
struct Here {};
template <template <class> class Op>
struct Kernel {
  static void run(const ExecContext& ctx, const Op<float>& op);
};
}  // namespace emulated

/// Calls the op's kernel for the context's device. Devices other than the CPU compute in float
/// only: in double they throw UnsupportedDevice.
template <template <class> class Op, class T>
void dispatch(const ExecContext& ctx, const Op<T>& op) {
  if (ctx.device == Device::cpu) return cpu::Kernel<Op>::run(ctx, op);
  if constexpr (std::is_same_v<T, float>) {
    return ctx.device == Device::cuda ? cuda::Kernel<Op>::run(ctx, op)
                                      : emulated::Kernel<Op>::run(ctx, op);
  }
  throw UnsupportedDevice(Op<T>::name, ctx.device);
}

}  // namespace lacuna
