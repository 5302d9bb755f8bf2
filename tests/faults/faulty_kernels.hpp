#pragma once

#include <functional>
#include <map>
#include <string>

/// Kernels with one seeded fault each, and the same kernels without it. Compiled for the emulated
/// device, and run each in a process of its own by the program lacuna_faults.
namespace lacuna::faults {

/// Runs the kernel; what is wrong about it as far as it comes back, or nothing. Some faults end the
/// process in a sanitizer's report instead.
using Run = std::function<std::string(bool broken)>;

std::map<std::string, Run> all_faults();

}  // namespace lacuna::faults
