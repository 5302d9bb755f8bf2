#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What tests see of the emulated device, and what they take from it.
namespace lacuna::emulation {

enum class Deed {
  launch,  ///< of a kernel, when it runs; of a captured one as often as its graph
  copy,    ///< when it happens; `name` says between which memories
  clear,
  wait,  ///< of the host, for a stream, an event or everything
  allocate,
  free,
  capture,
  graph,  ///< begins to run
};

struct LogEntry {
  Deed deed;
  std::string name;          ///< of the kernel or the call
  std::int64_t blocks = 0;   ///< of a launch
  std::int64_t threads = 0;  ///< of a launch's block
  std::size_t bytes = 0;     ///< of a copy or an allocation
};

/// Everything the emulated device does while this exists, in order. One at a time.
class Log {
 public:
  Log();
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  std::vector<LogEntry> entries() const;
  std::int64_t count(Deed deed) const;
  /// Those of the kernels or calls of this name.
  std::vector<LogEntry> named(std::string_view name) const;
  void clear();

 private:
  std::vector<LogEntry> entries_;
};

enum class Part {
  driver,  ///< every call that needs one fails, the count of devices stays unwritten, and the last
           ///< error is never cleared, as CUDA 13 does it
  code,    ///< the program holds no kernel for the device
};

/// The machine lacks a part while this exists.
class Lacking {
 public:
  explicit Lacking(Part part);
  ~Lacking();
  Lacking(const Lacking&) = delete;
  Lacking& operator=(const Lacking&) = delete;

 private:
  Part part_;
};

}  // namespace lacuna::emulation
