#include "runtime/memory/memory_pool.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <mutex>
#include <new>
#include <vector>

namespace lacuna {

namespace {

struct Free {
  DeviceRuntime* runtime;
  void operator()(std::byte* memory) const { runtime->free(memory); }
};
using Block = std::unique_ptr<std::byte, Free>;

/// Sizes are rounded to an eighth of their power of two: few distinct sizes, at most 12 % lost.
std::size_t rounded(std::size_t bytes) {
  const std::size_t size = std::max<std::size_t>(bytes, 64);
  const std::size_t step = std::max<std::size_t>(std::bit_floor(size) / 8, 64);
  return (size + step - 1) / step * step;
}

}  // namespace

struct MemoryPool::State {
  std::shared_ptr<DeviceRuntime> runtime;  // first: blocks are freed through it
  std::mutex mutex;
  std::multimap<std::size_t, Block> unused;
  Statistics statistics;

  Block take(std::size_t size, std::size_t bytes) {
    const std::scoped_lock lock(mutex);
    Block block = reuse_or_allocate(size);
    statistics.largest_buffer = std::max(statistics.largest_buffer, bytes);
    statistics.bytes_in_use += size;
    statistics.peak_bytes = std::max(statistics.peak_bytes, statistics.bytes_in_use);
    return block;
  }

  Block block_of(std::byte* memory) { return Block(memory, Free{runtime.get()}); }

  Block new_block(std::size_t bytes) {
    return block_of(static_cast<std::byte*>(runtime->allocate(bytes)));
  }

  Block reuse_or_allocate(std::size_t size) {
    if (const auto found = unused.find(size); found != unused.end()) {
      Block block = std::move(found->second);
      unused.erase(found);
      statistics.bytes_unused -= size;
      return block;
    }
    try {
      return new_block(size);
    } catch (const std::bad_alloc&) {
      release_unused();  // what is kept in other sizes may be what is wanting
      return new_block(size);
    }
  }

  void release_unused() {
    unused.clear();
    statistics.bytes_unused = 0;
  }

  void give_back(std::size_t size, Block block) noexcept {
    const std::scoped_lock lock(mutex);
    statistics.bytes_in_use -= size;
    try {
      unused.emplace(size, std::move(block));
      statistics.bytes_unused += size;
    } catch (const std::bad_alloc&) {  // then it is freed in place of kept
    }
  }
};

MemoryPool::MemoryPool(std::shared_ptr<DeviceRuntime> runtime) : state_(std::make_shared<State>()) {
  state_->runtime = std::move(runtime);
}

DeviceRuntime& MemoryPool::runtime() const {
  return *state_->runtime;
}

std::shared_ptr<std::byte> MemoryPool::allocate(std::size_t bytes) {
  const std::size_t size = rounded(bytes);
  std::byte* memory = state_->take(size, bytes).release();
  return {memory, [state = state_, size](std::byte* returned) {
            state->give_back(size, state->block_of(returned));
          }};
}

void MemoryPool::release_unused() {
  const std::scoped_lock lock(state_->mutex);
  state_->release_unused();
}

MemoryPool::Statistics MemoryPool::statistics() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->statistics;
}

}  // namespace lacuna
