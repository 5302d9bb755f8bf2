#include "runtime/memory/memory_pool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>

namespace lacuna {
namespace {

TEST(MemoryPool, AlignsItsBuffers) {
  MemoryPool pool(cpu::make_runtime());
  for (const std::size_t bytes : {0u, 1u, 63u, 65u, 1000u, 100'000u}) {
    const auto buffer = pool.allocate(bytes);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(buffer.get()) % 64, 0u) << bytes;
    std::memset(buffer.get(), 1, bytes);
  }
}

TEST(MemoryPool, ReusesWhatWasGivenBack) {
  MemoryPool pool(cpu::make_runtime());
  auto buffer = pool.allocate(1000);
  const auto* memory = buffer.get();
  const auto copy = buffer;
  buffer.reset();
  EXPECT_NE(pool.allocate(1000).get(), memory) << "a copy still holds it";
  buffer = pool.allocate(5000);
  const auto* large = buffer.get();
  buffer.reset();
  EXPECT_EQ(pool.allocate(5000).get(), large);
}

TEST(MemoryPool, ReleasesWhatIsUnused) {
  MemoryPool pool(cpu::make_runtime());
  const auto used = pool.allocate(1000);
  pool.allocate(5000);
  EXPECT_GE(pool.statistics().bytes_unused, 5000u);
  pool.release_unused();
  EXPECT_EQ(pool.statistics().bytes_unused, 0u);
  EXPECT_GE(pool.statistics().bytes_in_use, 1000u);
  std::memset(used.get(), 1, 1000);
  // What is given out now has been taken anew.
  const auto again = pool.allocate(5000);
  EXPECT_EQ(pool.statistics().bytes_unused, 0u);
}

TEST(MemoryPool, CountsBytesAndTheLargestBuffer) {
  MemoryPool pool(cpu::make_runtime());
  {
    const auto a = pool.allocate(1000);
    const auto b = pool.allocate(3000);
    EXPECT_GE(pool.statistics().bytes_in_use, 4000u);
    EXPECT_LE(pool.statistics().bytes_in_use, 4000u * 9 / 8 + 128) << "an eighth is lost at most";
  }
  EXPECT_EQ(pool.statistics().bytes_in_use, 0u);
  EXPECT_GE(pool.statistics().peak_bytes, 4000u);
  EXPECT_EQ(pool.statistics().largest_buffer, 3000u);
}

TEST(MemoryPool, BuffersOutliveIt) {
  std::shared_ptr<std::byte> buffer;
  {
    MemoryPool pool(cpu::make_runtime());
    buffer = pool.allocate(100);
  }
  std::memset(buffer.get(), 1, 100);
}

}  // namespace
}  // namespace lacuna
