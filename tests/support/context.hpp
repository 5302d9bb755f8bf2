#pragma once

#include "runtime/device_context.hpp"

namespace lacuna::testing {

/// A CPU context for a test; `threads` as many as it asks for, whatever the machine has.
inline DeviceContext cpu_context(int threads = 2) {
  return {Device::cpu, threads};
}

}  // namespace lacuna::testing
