#include "tests/support/allocation.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> largest{0};
std::atomic<std::int64_t> live{0};
std::atomic<std::int64_t> until_failure{-1};  // allocations before the one that fails; < 0: none

}  // namespace

#ifndef __SANITIZE_ADDRESS__

namespace {

/// malloc's memory is aligned to 16 bytes, aligned_alloc wants a multiple of the alignment.
void* allocate(std::size_t bytes, std::size_t alignment) {
  if (until_failure.load(std::memory_order_relaxed) >= 0 && until_failure.fetch_sub(1) == 0) {
    throw std::bad_alloc();
  }
  std::size_t seen = largest.load(std::memory_order_relaxed);
  while (seen < bytes && !largest.compare_exchange_weak(seen, bytes, std::memory_order_relaxed)) {
  }
  const std::size_t size =
      (std::max<std::size_t>(bytes, 1) + alignment - 1) / alignment * alignment;
  void* memory = alignment <= __STDCPP_DEFAULT_NEW_ALIGNMENT__
                     ? std::malloc(size)
                     : std::aligned_alloc(alignment, size);
  if (memory == nullptr) throw std::bad_alloc();
  live.fetch_add(1, std::memory_order_relaxed);
  return memory;
}

void release(void* memory) {
  if (memory != nullptr) live.fetch_sub(1, std::memory_order_relaxed);
  std::free(memory);
}

}  // namespace

// The array and the nothrow forms of the library call these.
void* operator new(std::size_t bytes) {
  return allocate(bytes, 1);
}
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  return allocate(bytes, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept {
  release(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  release(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
  release(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  release(memory);
}

#endif

namespace lacuna::testing {

LargestAllocation::LargestAllocation() {
  largest = 0;
}

std::size_t LargestAllocation::bytes() const {
  return largest;
}

std::int64_t live_allocations() {
  return live;
}

FailingAllocation::FailingAllocation(std::int64_t n) {
  until_failure = n;
}

FailingAllocation::~FailingAllocation() {
  until_failure = -1;
}

bool FailingAllocation::happened() const {
  return until_failure < 0;
}

}  // namespace lacuna::testing
