#include "runtime/system/cpu.hpp"

#include <gtest/gtest.h>
#include <sched.h>

#include "tests/support/temporary_folder.hpp"

namespace lacuna::system {
namespace {

namespace fs = std::filesystem;

TEST(Cpu, UsableThreadsFollowAffinity) {
  EXPECT_GE(usable_threads(), 1);
  cpu_set_t old{};
  ASSERT_EQ(::sched_getaffinity(0, sizeof(old), &old), 0);
  cpu_set_t one{};
  for (int cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++cpu) {
    if (CPU_ISSET(cpu, &old)) CPU_SET(cpu, &one);
  }
  ASSERT_EQ(::sched_setaffinity(0, sizeof(one), &one), 0);
  EXPECT_EQ(usable_threads(), 1);
  ASSERT_EQ(::sched_setaffinity(0, sizeof(old), &old), 0);
}

TEST(Cpu, QuotasAreRoundedUp) {
  EXPECT_EQ(cgroup_v2_cpus("150000 100000\n"), 2);
  EXPECT_EQ(cgroup_v2_cpus("200000 100000\n"), 2);
  EXPECT_EQ(cgroup_v2_cpus("1000 100000\n"), 1);
  EXPECT_EQ(cgroup_v1_cpus("400000\n", "100000\n"), 4);
  EXPECT_EQ(cgroup_v1_cpus("9223372036854775807", "1"), 1 << 20);
}

TEST(Cpu, NoQuota) {
  for (const char* text : {"max 100000\n", "", "max", "100000", "0 0", "100000 0", "x y", "-1 1"}) {
    EXPECT_EQ(cgroup_v2_cpus(text), std::nullopt) << text;
  }
  EXPECT_EQ(cgroup_v1_cpus("-1\n", "100000\n"), std::nullopt);
  EXPECT_EQ(cgroup_v1_cpus("", ""), std::nullopt);
}

TEST(Cpu, TightestQuotaOfTheAncestorsCounts) {
  const testing::TemporaryFolder mount;
  fs::create_directories(mount / "user.slice/job/step");
  testing::write_file(mount / "user.slice/cpu.max", "800000 100000\n");
  testing::write_file(mount / "user.slice/job/cpu.max", "300000 100000\n");
  testing::write_file(mount / "user.slice/job/step/cpu.max", "max 100000\n");
  EXPECT_EQ(cgroup_cpus("0::/user.slice/job/step\n", mount.path()), 3);
  EXPECT_EQ(cgroup_cpus("0::/user.slice\n", mount.path()), 8);
  EXPECT_EQ(cgroup_cpus("0::/\n", mount.path()), std::nullopt);
  EXPECT_EQ(cgroup_cpus("", mount.path()), std::nullopt);
}

TEST(Cpu, VersionOneInAContainerThatShowsItsOwnGroupOnly) {
  const testing::TemporaryFolder mount;
  fs::create_directories(mount / "cpu,cpuacct");
  testing::write_file(mount / "cpu,cpuacct/cpu.cfs_quota_us", "250000\n");
  testing::write_file(mount / "cpu,cpuacct/cpu.cfs_period_us", "100000\n");
  const char* self = "9:cpuset:/x\n4:cpu,cpuacct:/docker/0123\n0::/\n";
  EXPECT_EQ(cgroup_cpus(self, mount.path()), 3);
}

TEST(Cpu, CacheSizes) {
  const testing::TemporaryFolder folder;
  const auto add = [&](const char* index, const char* level, const char* type, const char* size) {
    fs::create_directory(folder / index);
    testing::write_file(folder.path() / index / "level", level);
    testing::write_file(folder.path() / index / "type", type);
    testing::write_file(folder.path() / index / "size", size);
  };
  add("index0", "1\n", "Data\n", "48K\n");
  add("index1", "1\n", "Instruction\n", "32K\n");
  add("index2", "2\n", "Unified\n", "2M\n");
  const CacheSizes sizes = cache_sizes(folder.path());
  EXPECT_EQ(sizes.l1, 48 * 1024);
  EXPECT_EQ(sizes.l2, 2 * 1024 * 1024);
  EXPECT_EQ(sizes.l3, 0);
  EXPECT_EQ(cache_sizes("/none").l1, 0);
}

TEST(Cpu, ThisMachineRunsThisBuild) {
  EXPECT_EQ(missing_cpu_feature(), nullptr);
  EXPECT_FALSE(cpu_model().empty());
}

}  // namespace
}  // namespace lacuna::system
