// In place of fibers.cpp where ThreadSanitizer runs: it knows threads only.
#include "kernels/emulation/execution.hpp"

namespace lacuna::emulation {

std::unique_ptr<Engine> make_fibers() {
  return nullptr;
}

}  // namespace lacuna::emulation
