#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "tests/reliability/save_faults.hpp"
#include "tests/support/sanitizers.hpp"

/// Rows 1, 3 and 5 of the list of faults that are survived: a run that is killed, and one that has
/// no room.
namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class SavedRun : public SaveFaults, public ::testing::WithParamInterface<const char*> {
 protected:
  SavedRun() : SaveFaults(GetParam()) {}
  bool is_table() const { return GetParam() == std::string_view("table.json"); }
};

/// A hundred kills (of a table's run ten) on the way to the end, each as soon as another epoch or
/// two were trained; a save takes most of an epoch's time here.
TEST_P(SavedRun, Row01KilledAtRandomMomentsEveryOneResumes) {
  const int kills = testing::sanitized || is_table() ? 10 : 100;
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

TEST_P(SavedRun, Row03ADiskThatIsFullNamesPathAndBytes) {
  const std::string large =
      is_table() ? R"(model.layers=[{"units": 200}, {"units": 200}])" : "model.hidden_units=500";
  const ProgramResult result =
      testing::RunningProgram("/bin/bash",
                              {"-c",
                               "trap '' XFSZ; ulimit -f 100; exec \"$0\" train \"$1\" \"$2\" -q "
                               "output.dir=run train.epochs=2",
                               testing::lacuna_program(), GetParam(), large},
                              folder_.path())
          .wait();
  EXPECT_EQ(result.exit_code, 5) << result.err;
  EXPECT_THAT(result.err,
              ::testing::ContainsRegex("cannot write [0-9]+ bytes.*run/seed-0/.*safetensors"));
}

TEST_P(SavedRun, Row05AFolderThatCannotBeWrittenFailsAtTheStart) {
  const std::string message = message_of(5, {"train", GetParam(), "output.root=/proc/runs"});
  EXPECT_THAT(message, HasSubstr("/proc/runs"));
  EXPECT_THAT(message, ::testing::Not(HasSubstr("epoch")));
}

INSTANTIATE_TEST_SUITE_P(Rows, SavedRun, tiny_experiments, kind_of_rows);

}  // namespace
}  // namespace lacuna::experiments
