#include "runtime/memory/memory_pool.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <mutex>
#include <new>
#include <vector>

namespace lacuna {

namespace {

constexpr std::align_val_t alignment{64};

struct AlignedDelete {
  void operator()(std::byte* memory) const { ::operator delete(memory, alignment); }
};
using Block = std::unique_ptr<std::byte, AlignedDelete>;

Block new_block(std::size_t bytes) {
  return Block(static_cast<std::byte*>(::operator new(bytes, alignment)));
}

/// Sizes are rounded to an eighth of their power of two: few distinct sizes, at most 12 % lost.
std::size_t rounded(std::size_t bytes) {
  const std::size_t size = std::max<std::size_t>(bytes, 64);
  const std::size_t step = std::max<std::size_t>(std::bit_floor(size) / 8, 64);
  return (size + step - 1) / step * step;
}

}  // namespace

struct MemoryPool::State {
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

  Block reuse_or_allocate(std::size_t size) {
    if (const auto found = unused.find(size); found != unused.end()) {
      Block block = std::move(found->second);
      unused.erase(found);
      return block;
    }
    try {
      return new_block(size);
    } catch (const std::bad_alloc&) {
      unused.clear();  // what is kept in other sizes may be what is wanting
      return new_block(size);
    }
  }

  void give_back(std::size_t size, Block block) noexcept {
    const std::scoped_lock lock(mutex);
    statistics.bytes_in_use -= size;
    try {
      unused.emplace(size, std::move(block));
    } catch (const std::bad_alloc&) {  // then it is freed in place of kept
    }
  }
};

MemoryPool::MemoryPool(Device device) : state_(std::make_shared<State>()) {
  if (device != Device::cpu) throw UnsupportedDevice("the memory pool", device);
}

std::shared_ptr<std::byte> MemoryPool::allocate(std::size_t bytes) {
  const std::size_t size = rounded(bytes);
  std::byte* memory = state_->take(size, bytes).release();
  return {memory,
          [state = state_, size](std::byte* returned) { state->give_back(size, Block(returned)); }};
}

MemoryPool::Statistics MemoryPool::statistics() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->statistics;
}

}  // namespace lacuna
