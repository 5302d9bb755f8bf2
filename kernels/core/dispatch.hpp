#pragma once

#include <string_view>
#include <type_traits>

#include "kernels/core/exec_context.hpp"

namespace lacuna {

/// Calls the op's kernel for the context's device. Devices other than the CPU compute in float
/// only: in double they throw UnsupportedDevice.
template <class T, class Cpu, class Cuda, class Emulated>
void dispatch(std::string_view op, const ExecContext& ctx, Cpu&& cpu, Cuda&& cuda,
              Emulated&& emulated) {
  if (ctx.device == Device::cpu) return cpu();
  if constexpr (std::is_same_v<T, float>) {
    return ctx.device == Device::cuda ? cuda() : emulated();
  }
  throw UnsupportedDevice(op, ctx.device);
}

}  // namespace lacuna
