#include "kernels/emulation/observe.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "kernels/emulation/machine.hpp"

namespace lacuna::emulation {

Log::Log() {
  const std::scoped_lock lock(machine().mutex);
  if (machine().log != nullptr) throw std::logic_error("the emulated device has a log already");
  machine().log = &entries_;
}

Log::~Log() {
  const std::scoped_lock lock(machine().mutex);
  machine().log = nullptr;
}

std::vector<LogEntry> Log::entries() const {
  const std::scoped_lock lock(machine().mutex);
  return entries_;
}

std::int64_t Log::count(Deed deed) const {
  return std::ranges::count(entries(), deed, &LogEntry::deed);
}

std::vector<LogEntry> Log::named(std::string_view name) const {
  std::vector<LogEntry> all = entries();
  std::erase_if(all, [&](const LogEntry& entry) { return entry.name != name; });
  return all;
}

void Log::clear() {
  const std::scoped_lock lock(machine().mutex);
  entries_.clear();
}

Lacking::Lacking(Part part) : part_(part) {
  const std::scoped_lock lock(machine().mutex);
  machine().lacking.insert(part);
}

Lacking::~Lacking() {
  const std::scoped_lock lock(machine().mutex);
  machine().lacking.erase(part_);
  last_error() = cudaSuccess;  // of the driver that was not there
}

}  // namespace lacuna::emulation
