#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/emulation/warp_operation.hpp"

/// What device code calls the emulation for, as the lane that runs.
namespace lacuna::emulation {

/// Waits for the lanes that the request needs; the lane's result.
std::uint64_t meet(const Request& request);

/// The block's shared array known by `key`.
void* shared_memory(const void* key, std::size_t bytes, std::size_t alignment);

/// "kernel K, block (x,y,z), lane L" on the calling thread; nullptr outside of kernels.
const char* current_lane_text();

}  // namespace lacuna::emulation
