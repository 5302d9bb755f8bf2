#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace lacuna::system {

/// Threads this process can keep busy: the CPUs of its affinity mask, capped by its cgroup's quota.
/// At least 1.
int usable_threads();

/// CPUs that a cgroup's quota pays for, rounded up, at least 1; nothing if there is no limit or the
/// text is not understood. Version 2: the text of cpu.max. Version 1: the texts of
/// cpu.cfs_quota_us and cpu.cfs_period_us.
std::optional<int> cgroup_v2_cpus(std::string_view cpu_max);
std::optional<int> cgroup_v1_cpus(std::string_view quota_us, std::string_view period_us);

/// The tightest quota on the way from the process's own cgroup, as /proc/self/cgroup names it, up
/// to the `mount` of the hierarchy.
std::optional<int> cgroup_cpus(std::string_view self_cgroup, const std::filesystem::path& mount);

/// The processor's name, or "unknown".
std::string cpu_model();

/// Bytes of data cache that the first CPU sees at each level; 0 where unknown.
struct CacheSizes {
  std::int64_t l1 = 0;
  std::int64_t l2 = 0;
  std::int64_t l3 = 0;
};
CacheSizes cache_sizes(const std::filesystem::path& folder = "/sys/devices/system/cpu/cpu0/cache");

/// The first instruction set that this binary was compiled for and this machine lacks; null if
/// there is none. Call it first in main(): later code ends in SIGILL. It uses the baseline
/// instructions only, and hence no strings.
const char* missing_cpu_feature() noexcept;

}  // namespace lacuna::system
