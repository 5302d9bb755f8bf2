#include "kernels/emulation/shared_memory.hpp"

#include <cstring>

namespace lacuna::emulation {

void* SharedMemory::array(const void* key, std::size_t bytes, std::size_t alignment) {
  for (const Array& array : arrays_) {
    if (array.key == key) return array.memory.get();
  }
  bytes_ = (bytes_ + alignment - 1) / alignment * alignment + bytes;
  if (bytes_ > limit) return nullptr;
  const std::align_val_t align{alignment};
  Array& array = arrays_.emplace_back(
      Array{key, {static_cast<std::byte*>(::operator new(bytes, align)), Free{align}}});
  std::memset(array.memory.get(), 0xFF, bytes);
  return array.memory.get();
}

}  // namespace lacuna::emulation
