// Names the lane that runs when AddressSanitizer reports.
#include <cstdio>

#include "kernels/emulation/lane_calls.hpp"

extern "C" void __asan_on_error();
extern "C" void __asan_on_error() {
  const char* lane = lacuna::emulation::current_lane_text();
  if (lane != nullptr) std::fprintf(stderr, "in %s\n", lane);
}
