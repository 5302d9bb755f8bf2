#pragma once

#include <string>

#include "kernels/core/device_runtime.hpp"
#include "runtime/config/json.hpp"

namespace lacuna::experiments {

/// What `lacuna info` says of a kind of device: whether it can be used or why not, what the build
/// and the driver know of CUDA, and what was found.
config::Json to_json(const DeviceReport& report);

/// The same for people: a line, and one more for each device that was found.
std::string text(const DeviceReport& report);

}  // namespace lacuna::experiments
