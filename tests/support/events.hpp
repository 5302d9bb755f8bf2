#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lacuna::testing {

struct EventScalar {
  std::string tag;
  float value = 0;

  bool operator==(const EventScalar&) const = default;
};

/// One record of an event file: its version or the scalars of a step.
struct Event {
  double wall_time = 0;
  std::int64_t step = 0;
  std::string file_version = {};
  std::vector<EventScalar> scalars = {};

  bool operator==(const Event&) const = default;
};

/// All records of an event file. Throws std::runtime_error that says at which byte a record is cut
/// off, a checksum is wrong, or a field is none that we write.
std::vector<Event> read_events(const std::filesystem::path& path);

}  // namespace lacuna::testing
