#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include "tests/support/program.hpp"

/// Each fault seeded in a kernel is caught, with the right words, by what is made for it.
namespace lacuna::faults {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool address_sanitizer = true;
#else
constexpr bool address_sanitizer = false;
#endif
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define LACUNA_THREAD_SANITIZER
#endif
#endif
#ifdef LACUNA_THREAD_SANITIZER
constexpr bool thread_sanitizer = true;
#else
constexpr bool thread_sanitizer = false;
#endif

class Faults : public ::testing::Test {
 protected:
  testing::ProgramResult run(const std::string& fault, const std::string& kind) {
    return testing::RunningProgram(testing::faults_program(), {fault, kind}, folder_.path()).wait();
  }

  void expect_clean(const std::string& fault) {
    const testing::ProgramResult result = run(fault, "clean");
    EXPECT_EQ(result.exit_code, 0) << fault << result.out << result.err;
    EXPECT_EQ(result.out, "nothing wrong\n") << fault;
    EXPECT_EQ(result.err, "") << fault;
  }

  void expect_report(const std::string& fault, const ::testing::Matcher<std::string>& report) {
    const testing::ProgramResult result = run(fault, "broken");
    EXPECT_NE(result.exit_code, 0) << fault;
    EXPECT_THAT(result.err, report) << fault;
  }

  void expect_problem(const std::string& fault, const ::testing::Matcher<std::string>& problem) {
    const testing::ProgramResult result = run(fault, "broken");
    EXPECT_NE(result.exit_code, 0) << fault;
    EXPECT_THAT(result.out, problem) << fault;
  }

 private:
  testing::TemporaryFolder folder_;
};

/// On both engines.
class FaultsOnEngine : public Faults, public ::testing::WithParamInterface<std::string> {
 protected:
  void SetUp() override {
    if (thread_sanitizer && GetParam() == "fibers") {
      GTEST_SKIP() << "ThreadSanitizer knows no fibers";
    }
    ::setenv("LACUNA_EMULATION", GetParam().c_str(), 1);
  }
  void TearDown() override { ::unsetenv("LACUNA_EMULATION"); }
};

INSTANTIATE_TEST_SUITE_P(Engines, FaultsOnEngine, ::testing::Values("fibers", "threads"),
                         [](const auto& engine) { return engine.param; });

TEST_P(FaultsOnEngine, KernelsWithoutFaultsAreSilent) {
  for (const char* fault :
       {"missing_barrier", "shared_overrun", "global_overrun", "divergent_shuffle",
        "divergent_barrier", "uninitialised_shared", "unordered_blocks", "host_access"}) {
    expect_clean(fault);
  }
}

TEST_P(FaultsOnEngine, ADivergentShuffleIsNamed) {
  expect_problem(
      "divergent_shuffle",
      ContainsRegex(
          "kernel divergent_shuffle, block \\(0,0,0\\), lane 0: waits at __shfl_xor_sync "
          "\\(faulty_kernels.cpp:[0-9]+\\) with mask 0xffffffff for ever: lane 16 waits"));
}

TEST_P(FaultsOnEngine, ABarrierInABranchIsNamed) {
  expect_problem(
      "divergent_barrier",
      ContainsRegex("kernel divergent_barrier, block \\(0,0,0\\), lane 0: waits at __syncthreads "
                    "\\(faulty_kernels.cpp:[0-9]+\\) for ever: lane 32 has ended"));
}

TEST_P(FaultsOnEngine, UninitialisedSharedMemoryIsNaN) {
  expect_problem("uninitialised_shared",
                 AllOf(HasSubstr("kernel uninitialised_shared: y[0] is "), HasSubstr("nan")));
}

TEST_P(FaultsOnEngine, AccessesBeyondMemoryAreReported) {
  if (!address_sanitizer) GTEST_SKIP() << "needs AddressSanitizer (preset asan)";
  expect_report("shared_overrun",
                AllOf(ContainsRegex("in kernel shared_overrun, block \\(0,0,0\\), lane 63\n.*\n?.*"
                                    "ERROR: AddressSanitizer: heap-buffer-overflow"),
                      HasSubstr("WRITE of size 4")));
  expect_report("global_overrun",
                AllOf(ContainsRegex("in kernel global_overrun, block \\(1,0,0\\), lane 63\n.*\n?.*"
                                    "ERROR: AddressSanitizer: heap-buffer-overflow"),
                      HasSubstr("WRITE of size 4")));
}

TEST_F(Faults, TheHostsAccessToDeviceMemoryIsReported) {
  if (!address_sanitizer) GTEST_SKIP() << "needs AddressSanitizer (preset asan)";
  expect_report("host_access", AllOf(HasSubstr("AddressSanitizer: use-after-poison"),
                                     ::testing::Not(HasSubstr("in kernel"))));
}

TEST_F(Faults, AMissingBarrierIsARaceOfTwoLanes) {
  if (!thread_sanitizer) GTEST_SKIP() << "needs ThreadSanitizer (preset tsan)";
  expect_report("missing_barrier", AllOf(HasSubstr("WARNING: ThreadSanitizer: data race"),
                                         ContainsRegex("'b0 l[0-9]+'.*\n(.*\n)*.*'b0 l[0-9]+'"),
                                         HasSubstr("missing_barrier")));
}

TEST_F(Faults, BlocksThatShareCellsRace) {
  if (!thread_sanitizer) GTEST_SKIP() << "needs ThreadSanitizer (preset tsan)";
  expect_report("unordered_blocks",
                AllOf(HasSubstr("WARNING: ThreadSanitizer: data race"), HasSubstr("'b1 l")));
}

}  // namespace
}  // namespace lacuna::faults
