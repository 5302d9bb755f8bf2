#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Fields of protobuf messages, each appended to `message` as it goes over the wire. `field` is its
/// number, 1 to 15.
namespace lacuna::io::protobuf {

/// An int64 (also a negative one), bool or enum.
void put_int(std::string& message, int field, std::int64_t value);
void put_double(std::string& message, int field, double value);
void put_float(std::string& message, int field, float value);
/// A string, bytes, or a message inside the message.
void put_bytes(std::string& message, int field, std::string_view bytes);

}  // namespace lacuna::io::protobuf
