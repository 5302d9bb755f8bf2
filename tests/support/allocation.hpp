#pragma once

#include <cstddef>
#include <cstdint>

namespace lacuna::testing {

/// What `operator new` hands out in this test program. Under AddressSanitizer, which has its own,
/// nothing is counted and nothing fails.
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

/// How many allocations of all threads were not given back so far.
std::int64_t live_allocations();

/// In its scope one allocation throws std::bad_alloc, by whatever thread: the one that `n` others
/// came before. One at a time.
class FailingAllocation {
 public:
  explicit FailingAllocation(std::int64_t n);
  ~FailingAllocation();
  FailingAllocation(const FailingAllocation&) = delete;
  FailingAllocation& operator=(const FailingAllocation&) = delete;

  /// Whether it came to that.
  bool happened() const;
};

}  // namespace lacuna::testing
