#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace lacuna {

/// Where memory lies and kernels run.
enum class Device { cpu, cuda, emulated };

constexpr std::string_view device_name(Device device) {
  switch (device) {
    case Device::cpu:
      return "cpu";
    case Device::cuda:
      return "cuda";
    case Device::emulated:
      return "emulated";
  }
  return "unknown";
}

/// Thrown by an op's dispatch for a device it has no kernel for. Nothing falls back silently.
struct UnsupportedDevice : std::runtime_error {
  UnsupportedDevice(std::string_view op, Device device)
      : std::runtime_error(std::string(op) + " has no kernel of this type for device '" +
                           std::string(device_name(device)) + "'") {}
};

}  // namespace lacuna
