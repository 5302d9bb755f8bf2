#include "kernels/emulation/allocations.hpp"

#include <cstring>

#include "kernels/emulation/sanitizers.hpp"

namespace lacuna::emulation {

void* Allocations::allocate(std::size_t bytes) {
  std::unique_ptr<std::byte, Free> memory(
      static_cast<std::byte*>(::operator new(bytes, alignment)));
  std::byte* start = memory.get();
  std::memset(start, 0xFF, bytes);
  pieces_.emplace(start, Piece{std::move(memory), bytes});
  bytes_ += bytes;
  return start;
}

bool Allocations::release(void* memory) {
  const auto piece = pieces_.find(static_cast<std::byte*>(memory));
  if (piece == pieces_.end()) return false;
  bytes_ -= piece->second.bytes;
  unpoison(memory, piece->second.bytes);
  pieces_.erase(piece);
  return true;
}

bool Allocations::hold(const void* memory, std::size_t bytes) const {
  const auto* start = static_cast<const std::byte*>(memory);
  auto piece = pieces_.upper_bound(start);
  if (piece == pieces_.begin()) return false;
  --piece;
  const auto offset = static_cast<std::size_t>(start - piece->first);
  return offset <= piece->second.bytes && bytes <= piece->second.bytes - offset;
}

void Allocations::close() const {
  for (const auto& [start, piece] : pieces_) poison(start, piece.bytes);
}

void Allocations::open() const {
  for (const auto& [start, piece] : pieces_) unpoison(start, piece.bytes);
}

}  // namespace lacuna::emulation
