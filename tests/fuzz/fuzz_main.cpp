#include <cstdint>

#include "tests/fuzz/targets.hpp"

/// What libFuzzer calls; LACUNA_FUZZ_TARGET names the target of this program. What the target
/// throws ends the program, which libFuzzer reports.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const lacuna::fuzz::Target& target = lacuna::fuzz::target(LACUNA_FUZZ_TARGET);
  target.run(std::as_bytes(std::span(data, size)));
  return 0;
}
