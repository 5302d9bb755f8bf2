#pragma once

#include <gtest/gtest.h>

#include <array>

#include "runtime/device_context.hpp"

namespace lacuna::testing {

/// A CPU context for a test; `threads` as many as it asks for, whatever the machine has.
inline DeviceContext cpu_context(int threads = 2) {
  return {Device::cpu, threads};
}

/// The devices beside the CPU; cases of one that is not there are skipped.
inline constexpr std::array accelerators{Device::emulated, Device::cuda};

/// In a test body: ends it as skipped where the device is not there.
#define LACUNA_NEED_DEVICE(device)                                             \
  if (const std::string status = device_status(device); status != "available") \
  GTEST_SKIP() << status

}  // namespace lacuna::testing
