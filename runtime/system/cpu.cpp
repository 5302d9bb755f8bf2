#include "runtime/system/cpu.hpp"

#include <sched.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>

#include "runtime/system/text_file.hpp"

namespace lacuna::system {
namespace {

namespace fs = std::filesystem;

int affinity_cpus() {
  // One cpu_set_t holds 1024 CPUs; the call fails where the machine has more than fit.
  std::array<cpu_set_t, 16> cpus{};
  if (::sched_getaffinity(0, sizeof(cpus), cpus.data()) != 0) return 1;
  return CPU_COUNT_S(sizeof(cpus), cpus.data());
}

std::optional<std::int64_t> leading_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc()) return std::nullopt;
  return value;
}

std::optional<int> quota_cpus(std::optional<std::int64_t> quota,
                              std::optional<std::int64_t> period) {
  if (!quota || !period || *quota <= 0 || *period <= 0) return std::nullopt;
  const std::int64_t cpus = *quota / *period + (*quota % *period != 0 ? 1 : 0);
  return static_cast<int>(std::min<std::int64_t>(cpus, 1 << 20));
}

std::optional<int> tighter(std::optional<int> a, std::optional<int> b) {
  return a && b ? std::min(*a, *b) : (a ? a : b);
}

/// The quota of one folder of a hierarchy of either version.
std::optional<int> folder_cpus(const fs::path& folder) {
  return tighter(cgroup_v2_cpus(read_text(folder / "cpu.max")),
                 cgroup_v1_cpus(read_text(folder / "cpu.cfs_quota_us"),
                                read_text(folder / "cpu.cfs_period_us")));
}

/// Walks up from `group`; folders that a container does not show have no files, hence no quota.
std::optional<int> tightest_cpus(const fs::path& hierarchy, const fs::path& group) {
  std::optional<int> cpus = folder_cpus(hierarchy);
  fs::path folder = hierarchy;
  for (const fs::path& part : group.relative_path()) {
    folder /= part;
    cpus = tighter(cpus, folder_cpus(folder));
  }
  return cpus;
}

bool names_cpu_controller(std::string_view controllers) {
  return ("," + std::string(controllers) + ",").find(",cpu,") != std::string::npos;
}

}  // namespace

std::optional<int> cgroup_v2_cpus(std::string_view cpu_max) {
  const std::size_t space = cpu_max.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  return quota_cpus(leading_integer(cpu_max.substr(0, space)),
                    leading_integer(cpu_max.substr(space + 1)));
}

std::optional<int> cgroup_v1_cpus(std::string_view quota_us, std::string_view period_us) {
  return quota_cpus(leading_integer(quota_us), leading_integer(period_us));
}

std::optional<int> cgroup_cpus(std::string_view self_cgroup, const fs::path& mount) {
  std::optional<int> cpus;
  std::istringstream lines{std::string(self_cgroup)};
  for (std::string line; std::getline(lines, line);) {
    // hierarchy-number:controllers:path, with no controllers in version 2
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const fs::path group = line.substr(second + 1);
    if (controllers.empty()) cpus = tighter(cpus, tightest_cpus(mount, group));
    if (names_cpu_controller(controllers)) {
      cpus = tighter(cpus, tightest_cpus(mount / controllers, group));
      if (controllers != "cpu") cpus = tighter(cpus, tightest_cpus(mount / "cpu", group));
    }
  }
  return cpus;
}

int usable_threads() {
  const int cpus = affinity_cpus();
  const auto quota = cgroup_cpus(read_text("/proc/self/cgroup"), "/sys/fs/cgroup");
  return std::max(1, std::min(cpus, quota.value_or(cpus)));
}

std::string cpu_model() {
  std::istringstream lines(read_text("/proc/cpuinfo"));
  for (std::string line; std::getline(lines, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "unknown";
}

CacheSizes cache_sizes(const fs::path& folder) {
  CacheSizes sizes;
  const std::array<std::int64_t*, 3> levels = {&sizes.l1, &sizes.l2, &sizes.l3};
  for (int index = 0; fs::exists(folder / ("index" + std::to_string(index))); ++index) {
    const fs::path entry = folder / ("index" + std::to_string(index));
    const std::int64_t level = leading_integer(read_text(entry / "level")).value_or(0);
    const std::string size = read_text(entry / "size");
    if (level < 1 || level > 3 || read_text(entry / "type").starts_with("Instruction")) continue;
    const std::int64_t unit = size.find('M') != std::string::npos ? 1 << 20 : 1 << 10;
    *levels[static_cast<std::size_t>(level - 1)] = leading_integer(size).value_or(0) * unit;
  }
  return sizes;
}

}  // namespace lacuna::system
