// Kernel launches.
#include <nvtx3/nvToolsExt.h>
#include <cstdint>

#include "kernels/emulation/execution.hpp"
#include "kernels/emulation/machine.hpp"

namespace lacuna::emulation {

namespace {

/// What the calling thread is in the middle of.
std::vector<std::string>& ranges() {
  static thread_local std::vector<std::string> instance;
  return instance;
}

bool within(dim3 size, unsigned x, unsigned y, unsigned z) {
  const bool any = size.x > 0 && size.y > 0 && size.z > 0;
  return any && size.x <= x && size.y <= y && size.z <= z;
}

LogEntry entry_of(const Launch& launch) {
  const auto size = [](dim3 d) { return std::int64_t{d.x} * d.y * d.z; };
  return {.deed = Deed::launch,
          .name = launch.kernel,
          .blocks = size(launch.grid),
          .threads = size(launch.block)};
}

bool possible(const cudaLaunchConfig_t& config) {
  const dim3 block = config.blockDim;
  return within(config.gridDim, 0x7fffffff, 65535, 65535) && within(block, 1024, 1024, 64) &&
         std::uint64_t{block.x} * block.y * block.z <= max_block_threads;
}

}  // namespace

cudaError_t launch(const cudaLaunchConfig_t* config, std::function<void()> body) {
  if (config == nullptr) return call([](Machine&) { return cudaErrorInvalidValue; });
  return command_on(config->stream, [&](Machine& there, Stream& on) {
    if (!body) return cudaErrorInvalidDeviceFunction;
    if (!possible(*config)) return cudaErrorInvalidConfiguration;
    if (config->dynamicSmemBytes != 0 || config->numAttrs != 0) return cudaErrorNotSupported;
    const std::string kernel = ranges().empty() ? "without a name" : ranges().back();
    if (there.lacking.contains(Part::code)) return cudaErrorNoKernelImageForDevice;
    return there.submit(
        on, [&there, launch = Launch{kernel, config->gridDim, config->blockDim, std::move(body)}] {
          there.note(entry_of(launch));
          execute(launch);
        });
  });
}

}  // namespace lacuna::emulation

inline namespace emulated_cuda {

int nvtxRangePushA(const char* name) {
  auto& ranges = lacuna::emulation::ranges();
  ranges.emplace_back(name);
  return static_cast<int>(ranges.size()) - 1;
}

int nvtxRangePop() {
  auto& ranges = lacuna::emulation::ranges();
  if (ranges.empty()) return -1;
  ranges.pop_back();
  return static_cast<int>(ranges.size());
}

}  // namespace emulated_cuda
