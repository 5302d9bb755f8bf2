#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "runtime/checkpoint/checkpoint_folder.hpp"
#include "tests/experiments/program_test.hpp"

/// Row 12 of the list of faults that are survived: what batch systems send before they end a
/// process.
namespace lacuna::experiments {
namespace {

using ::testing::HasSubstr;

/// An experiment in mini-batches whose epochs take some milliseconds.
struct Case {
  const char* name;
  int signal;
  const char* experiment;

  friend void PrintTo(const Case& test, std::ostream* out) { *out << test.name; }
};

constexpr const char* ratings = R"({
  "data": { "type": "synthetic", "users": 300, "items": 100, "ratings": 6000, "vectors": "user" },
  "model": { "type": "autorec", "hidden_units": 20 },
  "train": { "patience": 0, "batch_size": 12 },
  "threads": 1
})";

constexpr const char* table = R"({
  "data": { "type": "synthetic_table", "rows": 800, "columns": 30, "missing_share": 0.3 },
  "model": { "type": "mlp", "input": { "type": "indicators" },
             "layers": [{ "units": 50, "dropout": 0.2 }, { "units": 20 }] },
  "train": { "patience": 0, "batch_size": 12 },
  "evaluate": { "type": "regression" },
  "threads": 1
})";

class Row12Signals : public ProgramTest, public ::testing::WithParamInterface<Case> {
 protected:
  Row12Signals() { write_file(folder_ / "batches.json", GetParam().experiment); }

  std::size_t epochs(const std::string& run) const {
    return lines_of(read_file(folder_ / run / "seed-0/metrics.jsonl")).size();
  }

  /// The newest checkpoint's state, every byte of it verified.
  Json saved(const std::string& run) const {
    const CheckpointFolder checkpoints(folder_ / run / "seed-0/checkpoints", 1,
                                       [](auto& text) { ADD_FAILURE() << text; });
    return checkpoints.newest().value().state();
  }

  std::string weights(const std::string& run) const {
    return read_file(folder_ / run / "seed-0/weights.safetensors");
  }
};

TEST_P(Row12Signals, AtRandomStepsSaveEndWith75AndChangeNothing) {
  std::mt19937 random(3);
  std::uniform_int_distribution<int> wait(0, 10'000);
  std::vector<std::string> command{"train", "batches.json", "-q", "train.epochs=1000000000",
                                   "output.dir=run"};
  std::int64_t step = 0;
  int in_the_middle = 0;
  for (int signal = 0; signal < 10; ++signal) {
    const std::size_t before = epochs("run");
    testing::RunningProgram program(testing::lacuna_program(), command, folder_.path());
    while (program.running() && epochs("run") <= before) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    std::this_thread::sleep_for(std::chrono::microseconds(wait(random)));
    program.signal(GetParam().signal);
    const ProgramResult result = program.wait();
    ASSERT_EQ(result.exit_code, 75) << result.err;
    const Json state = saved("run");
    EXPECT_GT(state.at("step").as_int64(), step) << "lost what was saved before";
    step = state.at("step").as_int64();
    in_the_middle += state.at("batch").as_int64() > 0 ? 1 : 0;
    command = {"resume", "run", "-q"};
  }
  EXPECT_GT(in_the_middle, 0) << "of an epoch";
  const std::string last = "train.epochs=" + std::to_string(epochs("run") + 2);
  output_of({"resume", "run", "-q", last});
  output_of({"train", "batches.json", "-q", last, "output.dir=whole"});
  EXPECT_EQ(weights("run"), weights("whole"));
}

INSTANTIATE_TEST_SUITE_P(Signals, Row12Signals,
                         ::testing::Values(Case{"SIGTERM", SIGTERM, ratings},
                                           Case{"SIGUSR1", SIGUSR1, ratings},
                                           Case{"SIGHUP", SIGHUP, ratings},
                                           Case{"SIGTERMToATable", SIGTERM, table}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace lacuna::experiments
