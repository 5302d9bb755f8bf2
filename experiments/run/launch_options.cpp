#include "experiments/run/launch_options.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace lacuna::experiments {

void LaunchOptions::remark(const std::string& text) const {
  if (!quiet) fmt::print(stderr, "{}\n", text);
}

}  // namespace lacuna::experiments
