#include <tuple>

#include "tests/reliability/save_faults.hpp"
#include "tests/support/sanitizers.hpp"

/// Rows 2 to 4 of the list of faults that are survived: a save that is ended, or told that it
/// failed, at any of its system calls.
namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// An experiment, and every system call of a save by its name, in turn.
using RunAndCall = std::tuple<const char*, const char*>;

class Row02To04 : public SaveFaults, public ::testing::WithParamInterface<RunAndCall> {
 protected:
  Row02To04() : SaveFaults(std::get<0>(GetParam())) {}

  static bool can_inject() {
    const testing::TemporaryFolder here;
    return testing::RunningProgram("/usr/bin/strace", {"-o", "/dev/null", "/bin/true"}, here.path())
               .wait()
               .exit_code == 0;
  }

  void SetUp() override {
    if (!fs::exists("/usr/bin/strace")) GTEST_SKIP() << "strace is not installed";
    if (!can_inject()) GTEST_SKIP() << "no process may trace another one here";
    if (testing::sanitized) GTEST_SKIP() << "LeakSanitizer cannot run under strace";
    output_of(training("begun", "2"));
    output_of(training("whole", "3"));
    const fs::path checkpoints = folder_ / "begun/seed-0/checkpoints";
    old_checkpoint_ = fs::directory_iterator(checkpoints)->path().filename().string();
  }

  /// The run with one more epoch, its save included, and `fault` at the n-th call.
  ProgramResult resume_with(const std::string& fault, int n) {
    fs::remove_all(folder_ / "run");
    fs::copy(folder_ / "begun", folder_ / "run", fs::copy_options::recursive);
    const std::string name = std::get<1>(GetParam());
    return testing::RunningProgram(
               "/usr/bin/strace",
               {"-o", "calls", "-e", "trace=rename," + name, "-e",
                "inject=" + name + ":" + fault + ":when=" + std::to_string(n),
                testing::lacuna_program(), "resume", "run", "-q", "train.epochs=3"},
               folder_.path())
        .wait();
  }

  /// What strace says of the call that failed and of those after it; empty: none failed.
  std::string calls_from_fault() const {
    const std::string calls = read_file(folder_ / "calls");
    const std::size_t fault = calls.find("(INJECTED)");
    return fault == std::string::npos ? "" : calls.substr(calls.rfind('\n', fault) + 1);
  }

  /// Whether a save cannot succeed without the first of the calls. An old checkpoint, renamed to be
  /// removed, may stay.
  bool is_needed(const std::string& calls) const {
    const std::string call = calls.substr(0, calls.find('\n'));
    return call.starts_with("fsync(") || call.starts_with("mkdir(") ||
           (call.starts_with("rename(") &&
            call.find("/" + old_checkpoint_ + "\", ") == std::string::npos);
  }

  void expect_reported(const ProgramResult& result, const std::string& calls) const {
    if (is_needed(calls)) {
      EXPECT_EQ(result.exit_code, 5) << calls << result.err;
      EXPECT_THAT(calls, ::testing::Not(HasSubstr("\nrename("))) << "put in place all the same";
      return;
    }
    // A failed write to standard error, and the like, is no reason to stop; without a library the
    // program does not start.
    EXPECT_TRUE(result.exit_code == 0 || result.exit_code == 5 ||
                result.err.find("error while loading shared libraries") != std::string::npos)
        << calls << result.err;
  }

  void expect_survived(const std::string& fault, bool kills) {
    int n = 1;
    for (;; ++n) {
      const ProgramResult result = resume_with(fault, n);
      const std::string calls = calls_from_fault();
      if (result.exit_code < 128 && calls.empty()) break;
      SCOPED_TRACE(fault + " " + std::to_string(n));
      EXPECT_GE(saved_epochs("run"), 2);
      if (!kills) expect_reported(result, calls);
      if (result.exit_code != 0) output_of({"resume", "run", "-q", "train.epochs=3"});
      expect_whole("run", 3);
    }
    EXPECT_GT(n, 1) << "the call is never made";
  }

 private:
  std::string old_checkpoint_;
};

TEST_P(Row02To04, Row02KilledAtEachCallOldOrNewButNeverTorn) {
  expect_survived("signal=KILL", true);
}
TEST_P(Row02To04, Row03DiskFullAtEachCall) {
  expect_survived("error=ENOSPC", false);
}
TEST_P(Row02To04, Row04InputOutputErrorAtEachCall) {
  expect_survived("error=EIO", false);
}

std::string test_name(const ::testing::TestParamInfo<RunAndCall>& test) {
  return std::get<1>(test.param);
}

INSTANTIATE_TEST_SUITE_P(Calls, Row02To04,
                         ::testing::Combine(::testing::Values("tiny.json"),
                                            ::testing::Values("openat", "read", "write", "fsync",
                                                              "rename", "mkdir", "getdents64",
                                                              "unlink", "rmdir")),
                         test_name);
// A save knows little of the rows.
INSTANTIATE_TEST_SUITE_P(CallsOfATable, Row02To04,
                         ::testing::Combine(::testing::Values("table.json"),
                                            ::testing::Values("rename")),
                         test_name);

}  // namespace
}  // namespace lacuna::experiments
