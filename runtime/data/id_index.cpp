#include "runtime/data/id_index.hpp"

#include <limits>

#include "runtime/error.hpp"

namespace lacuna::data {

std::int32_t IdIndex::find_or_add(std::uint64_t id) {
  if (2 * ids_.size() >= slots_.size()) grow();
  std::int32_t& slot = slots_[slot_of(id)];
  if (slot < 0) {
    if (ids_.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
      throw DataError("more than 2^31 distinct ids: take a part of the data");
    }
    slot = static_cast<std::int32_t>(ids_.size());
    ids_.push_back(id);
  }
  return slot;
}

/// The slot that holds the id, or the empty one where it belongs.
std::size_t IdIndex::slot_of(std::uint64_t id) const {
  constexpr std::uint64_t golden_ratio = 0x9E3779B97F4A7C15;  // Fibonacci hashing
  std::size_t slot = (id * golden_ratio) >> (64 - bits_);
  while (slots_[slot] >= 0 && ids_[static_cast<std::size_t>(slots_[slot])] != id) {
    slot = (slot + 1) & (slots_.size() - 1);
  }
  return slot;
}

void IdIndex::grow() {
  bits_ = bits_ == 0 ? 10 : bits_ + 1;
  slots_.assign(std::size_t{1} << bits_, -1);
  for (std::size_t i = 0; i < ids_.size(); ++i)
    slots_[slot_of(ids_[i])] = static_cast<std::int32_t>(i);
}

}  // namespace lacuna::data
