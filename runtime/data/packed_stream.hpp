#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "runtime/data/unpacker.hpp"

namespace lacuna::data {

/// A stream that asks for more, as of 2^31 bytes of history, is not unpacked here.
inline constexpr int max_memory_bits = 30;

/// What one call of a decoder did.
struct Decoded {
  std::size_t consumed = 0;
  std::size_t produced = 0;
  bool end_of_stream = false;
  const char* fault = nullptr;   ///< what is wrong with the bytes, for people
  const char* unpack = nullptr;  ///< where they want too much memory: a program that gives it
};

/// A library's decoder of one packing, all with one face.
class Decoder {
 public:
  virtual ~Decoder() = default;
  /// `packed` is empty where nothing follows.
  virtual Decoded decode(std::string_view packed, char* to, std::size_t size) = 0;
  /// Begins the next stream.
  virtual void restart() = 0;
  /// Whether what follows on a stream is one more; otherwise it is left alone.
  virtual bool starts_stream(std::string_view packed) const = 0;
};

/// Not for zip, nor for what is not packed.
std::unique_ptr<Decoder> make_decoder(Packing packing);

}  // namespace lacuna::data
