#include "tests/support/events.hpp"

#include <fmt/format.h>

#include <bit>
#include <cstring>
#include <stdexcept>
#include <string_view>

#include "runtime/io/crc32c.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::testing {
namespace {

/// Bytes read from the front; `offset` is where in the file they begin.
class Bytes {
 public:
  Bytes(std::string_view bytes, std::size_t offset) : rest_(bytes), offset_(offset) {}

  bool empty() const { return rest_.empty(); }
  std::runtime_error error(std::string_view what) const {
    return std::runtime_error(fmt::format("byte {}: {}", offset_, what));
  }

  Bytes take(std::uint64_t size) {
    if (size > rest_.size()) throw error("the file is cut off");
    const auto count = static_cast<std::size_t>(size);
    const Bytes front(rest_.substr(0, count), offset_);
    rest_.remove_prefix(count);
    offset_ += count;
    return front;
  }

  template <class T>
  T fixed() {
    const Bytes bytes = take(sizeof(T));
    T value;
    std::memcpy(&value, bytes.rest_.data(), sizeof value);
    return value;
  }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const auto byte = fixed<unsigned char>();
      value |= std::uint64_t{byte & 0x7fU} << shift;
      if (byte < 0x80) return value;
    }
    throw error("a number of more than ten bytes");
  }

  Bytes delimited() { return take(varint()); }
  std::string_view text() const { return rest_; }

 private:
  std::string_view rest_;
  std::size_t offset_;
};

/// Takes `size` bytes and the masked checksum behind them.
Bytes checked(Bytes& file, std::uint64_t size) {
  const Bytes bytes = file.take(size);
  const auto masked = file.fixed<std::uint32_t>();
  if (std::rotl(masked - 0xa282ead8U, 15) != io::crc32c(bytes.text())) {
    throw bytes.error("wrong checksum");
  }
  return bytes;
}

/// A field's number and wire type as one byte.
constexpr unsigned key(unsigned field, unsigned type) {
  return field << 3 | type;
}
constexpr unsigned varint = 0, fixed64 = 1, delimited = 2, fixed32 = 5;

EventScalar parse_scalar(Bytes message) {
  EventScalar scalar;
  while (!message.empty()) {
    switch (message.fixed<unsigned char>()) {
      case key(1, delimited):
        scalar.tag = message.delimited().text();
        break;
      case key(2, fixed32):
        scalar.value = message.fixed<float>();
        break;
      default:
        throw message.error("unknown field of a value");
    }
  }
  return scalar;
}

std::vector<EventScalar> parse_summary(Bytes message) {
  std::vector<EventScalar> scalars;
  while (!message.empty()) {
    if (message.fixed<unsigned char>() != key(1, delimited)) {
      throw message.error("unknown field of a summary");
    }
    scalars.push_back(parse_scalar(message.delimited()));
  }
  return scalars;
}

Event parse_event(Bytes message) {
  Event event;
  while (!message.empty()) {
    switch (message.fixed<unsigned char>()) {
      case key(1, fixed64):
        event.wall_time = message.fixed<double>();
        break;
      case key(2, varint):
        event.step = static_cast<std::int64_t>(message.varint());
        break;
      case key(3, delimited):
        event.file_version = message.delimited().text();
        break;
      case key(5, delimited):
        event.scalars = parse_summary(message.delimited());
        break;
      default:
        throw message.error("unknown field of an event");
    }
  }
  return event;
}

}  // namespace

std::vector<Event> read_events(const std::filesystem::path& path) {
  const std::string content = read_file(path);
  Bytes file(content, 0);
  std::vector<Event> events;
  while (!file.empty()) {
    const auto length = checked(file, sizeof(std::uint64_t)).fixed<std::uint64_t>();
    events.push_back(parse_event(checked(file, length)));
  }
  return events;
}

}  // namespace lacuna::testing
