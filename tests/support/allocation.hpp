#pragma once

#include <cstddef>

namespace lacuna::testing {

/// Sizes of what `operator new` hands out in this test program. Under AddressSanitizer, which has
/// its own, nothing is counted.
#ifdef __SANITIZE_ADDRESS__
inline constexpr bool allocations_are_counted = false;
#else
inline constexpr bool allocations_are_counted = true;
#endif

/// The largest allocation of all threads in its scope, in bytes. One at a time.
class LargestAllocation {
 public:
  LargestAllocation();
  std::size_t bytes() const;
};

}  // namespace lacuna::testing
