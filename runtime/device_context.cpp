#include "runtime/device_context.hpp"

#include <fmt/format.h>

#include "runtime/error.hpp"
#include "runtime/system/cpu.hpp"

namespace lacuna {

DeviceContext::DeviceContext(Device device, int threads)
    : pool_(device),
      scratch_(pool_),
      exec_{.device = device, .threads = threads, .scratch = &scratch_} {
  const std::int64_t l2 = system::cache_sizes().l2;
  if (l2 > 0) exec_.cache_bytes = l2;  // some virtual machines do not tell
}

void* DeviceContext::PoolScratch::reserve(std::size_t bytes) {
  if (bytes > size_ || memory_ == nullptr) {
    memory_.reset();
    memory_ = pool_.allocate(bytes);
    size_ = bytes;
  }
  return memory_.get();
}

std::string device_status(Device device) {
  return device == Device::cpu ? "available" : "not available: this build holds CPU kernels only";
}

Device choose_device(std::string_view name) {
  if (name == "auto" || name == device_name(Device::cpu)) return Device::cpu;
  for (const Device device : {Device::cuda, Device::emulated}) {
    if (name != device_name(device)) continue;
    throw ConfigError(
        fmt::format("device '{}' is {}; use 'cpu' or 'auto'", name, device_status(device)));
  }
  throw ConfigError(
      fmt::format("unknown device '{}'; the devices are auto, cpu, cuda, emulated", name));
}

}  // namespace lacuna
