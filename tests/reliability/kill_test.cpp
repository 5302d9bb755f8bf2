#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "runtime/checkpoint/checkpoint_folder.hpp"
#include "tests/experiments/program_test.hpp"
#include "tests/support/sanitizers.hpp"

/// Rows 1 to 4 of the list of faults that are survived: what ends or fails while a run is saved.
namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class SaveFaults : public ProgramTest {
 protected:
  /// Epochs of the newest whole checkpoint, 0 without any; throws where all are damaged.
  int saved_epochs(const std::string& run) const {
    const CheckpointFolder checkpoints(folder_ / run / "seed-0/checkpoints", 1,
                                       [](const std::string&) {});
    const auto newest = checkpoints.newest();
    return newest ? static_cast<int>(newest->state().at("epochs").as_int64()) : 0;
  }

  std::vector<std::string> training(const std::string& run, const std::string& epochs) const {
    return {"train",
            "tiny.json",
            "-q",
            "threads=1",
            "train.patience=0",
            "output.checkpoint.every_epochs=1",
            "output.checkpoint.keep=1",
            "train.epochs=" + epochs,
            "output.dir=" + run};
  }

  std::string weights(const std::string& run) const {
    return read_file(folder_ / run / "seed-0/weights.safetensors");
  }

  /// Weights, metrics and result of a run that came to its end after so many epochs.
  void expect_whole(const std::string& run, std::size_t epochs) const {
    EXPECT_EQ(weights(run), weights("whole"));
    const fs::path folder = folder_ / run / "seed-0";
    const Json result = config::read_json(folder / "result.json");
    const Json whole = config::read_json(folder_ / "whole/seed-0/result.json");
    EXPECT_EQ(result.at("epochs").as_uint64(), epochs);
    EXPECT_EQ(result.at("test"), whole.at("test"));
    EXPECT_FALSE(result.at("interrupted").as_bool());
    EXPECT_EQ(lines_of(read_file(folder / "metrics.jsonl")).size(), epochs);
  }
};

/// A hundred kills on the way to the end, each as soon as another epoch or two were trained; a save
/// takes most of an epoch's time here.
TEST_F(SaveFaults, Row01KilledAtRandomMomentsEveryOneResumes) {
  const int kills = testing::sanitized ? 10 : 100;
  const std::string epochs = std::to_string(6 * kills);
  std::mt19937 random(1);
  std::uniform_int_distribution<int> wait(0, 20'000);
  int reached = 0;
  for (int kill = 0; kill < kills; ++kill) {
    testing::RunningProgram program(
        testing::lacuna_program(),
        kill == 0 ? training("run", epochs)
                  : std::vector<std::string>{"resume", "run", "-q", "--threads", "1"},
        folder_.path());
    const fs::path metrics = folder_ / "run/seed-0/metrics.jsonl";
    while (program.running() && lines_of(read_file(metrics)).size() <= std::size_t(reached)) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    std::this_thread::sleep_for(std::chrono::microseconds(wait(random)));
    const std::size_t trained = lines_of(read_file(metrics)).size();
    program.signal(SIGKILL);
    program.wait();
    const int saved = saved_epochs("run");
    EXPECT_GE(saved, reached) << "kill " << kill << " lost what was saved before";
    EXPECT_GE(saved, static_cast<int>(trained) - 1) << "more than one interval was lost";
    reached = saved;
  }
  output_of({"resume", "run", "-q"});
  output_of(training("whole", epochs));
  expect_whole("run", 6U * static_cast<std::size_t>(kills));
}

/// Every system call of a save, by name, in turn.
class Row02To04 : public SaveFaults, public ::testing::WithParamInterface<const char*> {
 protected:
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
  }

  /// The run with one more epoch, its save included, and `fault` at the n-th call.
  ProgramResult resume_with(const std::string& fault, int n) {
    fs::remove_all(folder_ / "run");
    fs::copy(folder_ / "begun", folder_ / "run", fs::copy_options::recursive);
    const std::string name = GetParam();
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
  static bool is_needed(const std::string& calls) {
    const std::string call = calls.substr(0, calls.find('\n'));
    return call.starts_with("fsync(") || call.starts_with("mkdir(") ||
           (call.starts_with("rename(") && call.find("/step-00000002\", ") == std::string::npos);
  }

  static void expect_reported(const ProgramResult& result, const std::string& calls) {
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

INSTANTIATE_TEST_SUITE_P(Calls, Row02To04,
                         ::testing::Values("openat", "read", "write", "fsync", "rename", "mkdir",
                                           "getdents64", "unlink", "rmdir"),
                         [](const auto& call) { return std::string(call.param); });

TEST_F(SaveFaults, Row03ADiskThatIsFullNamesPathAndBytes) {
  write_file(folder_ / "large.json", R"({
    "data": { "type": "synthetic", "users": 2000, "items": 500, "ratings": 8000 },
    "model": { "type": "autorec", "hidden_units": 50 },
    "train": { "epochs": 2 }, "output": { "dir": "run" } })");
  const ProgramResult result =
      testing::RunningProgram("/bin/bash",
                              {"-c", "trap '' XFSZ; ulimit -f 100; exec \"$0\" train large.json -q",
                               testing::lacuna_program()},
                              folder_.path())
          .wait();
  EXPECT_EQ(result.exit_code, 5) << result.err;
  EXPECT_THAT(result.err,
              ::testing::ContainsRegex("cannot write [0-9]+ bytes.*run/seed-0/.*safetensors"));
}

TEST_F(SaveFaults, Row05AFolderThatCannotBeWrittenFailsAtTheStart) {
  const std::string message = message_of(5, {"train", "tiny.json", "output.root=/proc/runs"});
  EXPECT_THAT(message, HasSubstr("/proc/runs"));
  EXPECT_THAT(message, ::testing::Not(HasSubstr("epoch")));
}

}  // namespace
}  // namespace lacuna::experiments
