#include "runtime/metrics/event_file.hpp"

#include <fmt/format.h>

#include <bit>

#include "runtime/io/crc32c.hpp"
#include "runtime/io/protobuf.hpp"

namespace lacuna::metrics {
namespace {

namespace protobuf = io::protobuf;

// Numbers of the fields in TensorFlow's event.proto and summary.proto.
namespace event_field {
constexpr int wall_time = 1;
constexpr int step = 2;
constexpr int file_version = 3;
constexpr int summary = 5;
}  // namespace event_field
namespace summary_field {
constexpr int value = 1;
}
namespace value_field {
constexpr int tag = 1;
constexpr int simple_value = 2;
}  // namespace value_field

/// Masked, since a checksum over bytes that hold checksums says little.
std::uint32_t masked_crc(std::string_view bytes) {
  return std::rotr(io::crc32c(bytes), 15) + 0xa282ead8U;
}

template <class T>
void put(std::string& bytes, T value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// Length, the length's checksum, the data, the data's checksum.
std::string record(std::string_view data) {
  std::string bytes;
  put(bytes, std::uint64_t{data.size()});
  put(bytes, masked_crc(bytes));
  bytes += data;
  put(bytes, masked_crc(data));
  return bytes;
}

std::string summary(std::span<const Scalar> values) {
  std::string all;
  for (const Scalar& scalar : values) {
    std::string one;
    protobuf::put_bytes(one, value_field::tag, scalar.tag);
    protobuf::put_float(one, value_field::simple_value, scalar.value);
    protobuf::put_bytes(all, summary_field::value, one);
  }
  return all;
}

}  // namespace

std::string event_file_name(std::chrono::system_clock::time_point started) {
  const auto since_1970 =
      std::chrono::floor<std::chrono::seconds>(started).time_since_epoch().count();
  return fmt::format("events.out.tfevents.{:010}.lacuna", since_1970);
}

double seconds_since_1970(std::chrono::system_clock::time_point time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

EventFile::EventFile(const std::filesystem::path& path, double started) : file_(path) {
  if (!file_.empty()) return;
  std::string event;
  protobuf::put_double(event, event_field::wall_time, started);
  protobuf::put_bytes(event, event_field::file_version, "brain.Event:2");
  append(event);
}

void EventFile::scalar(std::string_view tag, std::int64_t step, double wall_time, float value) {
  const Scalar only{tag, value};
  scalars({&only, 1}, step, wall_time);
}

void EventFile::scalars(std::span<const Scalar> values, std::int64_t step, double wall_time) {
  std::string event;
  protobuf::put_double(event, event_field::wall_time, wall_time);
  protobuf::put_int(event, event_field::step, step);
  protobuf::put_bytes(event, event_field::summary, summary(values));
  append(event);
}

void EventFile::append(std::string_view event) {
  file_.append(record(event), "an event");
}

}  // namespace lacuna::metrics
