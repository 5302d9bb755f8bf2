#include "runtime/device_context.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/error.hpp"
#include "runtime/system/cpu.hpp"

namespace lacuna {

namespace {

std::shared_ptr<DeviceRuntime> make_runtime(Device device) {
  switch (device) {
    case Device::cuda:
      return cuda::make_runtime();
    case Device::emulated:
      return emulated::make_runtime();
    case Device::cpu:
      break;
  }
  return cpu::make_runtime();
}

}  // namespace

DeviceContext::DeviceContext(Device device, int threads)
    : pool_(make_runtime(device)),
      scratch_(pool_),
      exec_{
          .device = device, .threads = threads, .runtime = &pool_.runtime(), .scratch = &scratch_} {
  const std::int64_t l2 = system::cache_sizes().l2;
  if (l2 > 0) exec_.cache_bytes = l2;  // some virtual machines do not tell
}

void* DeviceContext::PoolScratch::reserve(std::size_t bytes) {
  if (bytes > size_ || memory_ == nullptr) {
    if (pool_.runtime().device() != Device::cpu && memory_ != nullptr) {
      outgrown_.push_back(std::move(memory_));
      bytes = std::max(bytes, size_ + size_ / 2);  // so that few are outgrown
    }
    memory_.reset();
    memory_ = pool_.allocate(bytes);
    size_ = bytes;
  }
  return memory_.get();
}

DeviceReport device_report(Device device) {
  if (device == Device::cuda) return cuda::report();
  if (device == Device::emulated) return emulated::report();
  return {};
}

std::string device_status(Device device) {
  const DeviceReport report = device_report(device);
  return report.problem.empty() ? "available" : "not available: " + report.problem;
}

Device choose_device(std::string_view name) {
  if (name == "auto") {
    return device_report(Device::cuda).problem.empty() ? Device::cuda : Device::cpu;
  }
  for (const Device device : {Device::cpu, Device::cuda, Device::emulated}) {
    if (name != device_name(device)) continue;
    const DeviceReport report = device_report(device);
    if (report.problem.empty()) return device;
    throw ConfigError(
        fmt::format("device '{}' is not available: {}; use 'cpu' or 'auto'", name, report.problem));
  }
  throw ConfigError(
      fmt::format("unknown device '{}'; the devices are auto, cpu, cuda, emulated", name));
}

}  // namespace lacuna
