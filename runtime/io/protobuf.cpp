#include "runtime/io/protobuf.hpp"

namespace lacuna::io::protobuf {
namespace {

enum class WireType : int { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

/// Seven bits a byte, the lowest first; the eighth says that more follow.
void put_varint(std::string& message, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) message += static_cast<char>((value & 0x7f) | 0x80);
  message += static_cast<char>(value);
}

void put_key(std::string& message, int field, WireType type) {
  message += static_cast<char>((field << 3) | static_cast<int>(type));
}

/// As it lies in memory: both sides are little-endian.
template <class T>
void put_fixed(std::string& message, T value) {
  message.append(reinterpret_cast<const char*>(&value), sizeof value);
}

}  // namespace

void put_int(std::string& message, int field, std::int64_t value) {
  put_key(message, field, WireType::varint);
  put_varint(message, static_cast<std::uint64_t>(value));
}

void put_double(std::string& message, int field, double value) {
  put_key(message, field, WireType::fixed64);
  put_fixed(message, value);
}

void put_float(std::string& message, int field, float value) {
  put_key(message, field, WireType::fixed32);
  put_fixed(message, value);
}

void put_bytes(std::string& message, int field, std::string_view bytes) {
  put_key(message, field, WireType::bytes);
  put_varint(message, bytes.size());
  message += bytes;
}

}  // namespace lacuna::io::protobuf
