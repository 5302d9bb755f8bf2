#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "runtime/config/json.hpp"

namespace lacuna::system {

/// "2024-05-01T12:00:00Z".
std::string utc_time(std::chrono::system_clock::time_point time);

/// What a result depends on besides its configuration, for environment.json and `lacuna info`:
/// build, libraries, machine, time and command line.
config::Json environment(std::span<const std::string> command_line);

}  // namespace lacuna::system
