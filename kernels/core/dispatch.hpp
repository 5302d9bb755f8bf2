#pragma once

#include <string_view>
#include <utility>

#include "kernels/core/exec_context.hpp"

namespace lacuna {

/// Calls the op's kernel for the context's device; throws UnsupportedDevice where there is none.
template <class Cpu>
void dispatch(std::string_view op, const ExecContext& ctx, Cpu&& cpu) {
  switch (ctx.device) {
    case Device::cpu:
      return std::forward<Cpu>(cpu)();
    case Device::cuda:
    case Device::emulated:
      break;
  }
  throw UnsupportedDevice(op, ctx.device);
}

}  // namespace lacuna
