#include "experiments/run/launch_options.hpp"

#include "runtime/io/standard_streams.hpp"

namespace lacuna::experiments {

void LaunchOptions::remark(const std::string& text) const {
  if (!quiet) io::say(text + '\n');
}

}  // namespace lacuna::experiments
