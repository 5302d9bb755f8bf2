#include <sys/stat.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "tests/experiments/table_experiment.hpp"

namespace lacuna::experiments {
namespace {

using std::chrono::milliseconds;

/// A training that would take hours is interrupted once its first epochs are on disk.
class CtrlC : public TableTest {
 protected:
  std::size_t epochs() const {
    return lines_of(read_file(folder_ / "run/a/seed-0/metrics.jsonl")).size();
  }

  void wait_for_epochs(testing::RunningProgram& program) const {
    while (program.running() && epochs() < 2) std::this_thread::sleep_for(milliseconds(5));
    ASSERT_TRUE(program.running()) << program.wait().err;
  }

  static std::vector<std::string> endless(const char* experiment) {
    return {"train",
            experiment,
            "train.epochs=1000000000",
            "train.patience=0",
            "output.dir=run",
            R"(variants={"a": {}, "b": {}})"};
  }
};

class CtrlCBySignal : public CtrlC,
                      public ::testing::WithParamInterface<std::pair<int, const char*>> {};

TEST_P(CtrlCBySignal, SavesTheRunAndEndsWith75) {
  const auto [signal, experiment] = GetParam();
  testing::RunningProgram program(testing::lacuna_program(), endless(experiment), folder_.path());
  wait_for_epochs(program);
  program.signal(signal);
  const ProgramResult result = program.wait();
  EXPECT_EQ(result.exit_code, 75) << result.err;
  EXPECT_THAT(result.out, ::testing::HasSubstr("go on with: lacuna resume"));

  const Json saved = config::read_json(folder_ / "run/a/seed-0/result.json");
  EXPECT_TRUE(saved.at("interrupted").as_bool());
  EXPECT_TRUE(saved.at("test").is_null());
  EXPECT_EQ(static_cast<std::size_t>(saved.at("epochs").as_int64()), epochs());
  const auto lines = lines_of(read_file(folder_ / "run/a/seed-0/metrics.jsonl"));
  EXPECT_EQ(config::parse_json(lines.back(), "metrics").at("epoch"), saved.at("epochs"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "run/b")) << "the next variant was begun";
  EXPECT_THAT(result.out, ::testing::HasSubstr("a, seed 0, interrupted at epoch"));

  const Json evaluated = config::parse_json(output_of({"evaluate", "run", "--json"}), "output");
  EXPECT_GT(evaluated.at("runs").as_array().at(0).at("test").at("rmse").as_double(), 0);
}

INSTANTIATE_TEST_SUITE_P(
    Signals, CtrlCBySignal,
    ::testing::Values(std::pair(SIGINT, "tiny.json"), std::pair(SIGTERM, "tiny.json"),
                      std::pair(SIGUSR1, "tiny.json"), std::pair(SIGHUP, "tiny.json"),
                      std::pair(SIGHUP, "table.json"), std::pair(SIGINT, "table.json")));

TEST_F(CtrlC, TheSecondEndsAtOnce) {
  // These ratings take seconds to generate: the first signal is noted, nothing ends before.
  std::vector<std::string> slow = endless("tiny.json");
  slow.push_back(
      R"(data={"type": "synthetic", "users": 50000, "items": 5000, "ratings": 5000000})");
  testing::RunningProgram program(testing::lacuna_program(), slow, folder_.path());
  std::this_thread::sleep_for(milliseconds(500));
  program.signal(SIGINT);
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_TRUE(program.running());
  program.signal(SIGINT);
  EXPECT_EQ(program.wait().exit_code, 130);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "run")) << "the first one ended it";
}

/// While ratings come through a pipe, which ends as its writer hears the signal, too.
class Row31WhileReading : public CtrlC, public ::testing::WithParamInterface<int> {};

TEST_P(Row31WhileReading, NothingIsBegun) {
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  std::vector<std::string> waiting = endless("tiny.json");
  waiting.push_back(R"(data={"type": "csv", "path": "pipe"})");
  testing::RunningProgram program(testing::lacuna_program(), waiting, folder_.path());
  std::ofstream writer(folder_ / "pipe");  // opens when the program does
  writer << "user,item,rating\n";
  for (int i = 0; i < 300; ++i) writer << i % 20 << ',' << i / 20 << ",3\n";
  writer.flush();
  std::this_thread::sleep_for(milliseconds(100));
  program.signal(GetParam());
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_TRUE(program.running());
  writer.close();
  EXPECT_EQ(program.wait().exit_code, 130);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "run"));
}

INSTANTIATE_TEST_SUITE_P(Signals, Row31WhileReading, ::testing::Values(SIGHUP, SIGTERM, SIGINT));

/// How a shell starts a program that is not to hear a signal.
struct Deaf {
  const char* name;
  const char* before;
  int signal;

  friend void PrintTo(const Deaf& deaf, std::ostream* out) { *out << deaf.name; }
};

class Row31Ignored : public CtrlC, public ::testing::WithParamInterface<Deaf> {};

TEST_P(Row31Ignored, SignalsStayIgnored) {
  const std::string script = fmt::format(
      "{} '{}' train tiny.json -q train.epochs=1000000000 train.patience=0 "
      "output.dir=run 'variants={{\"a\": {{}}}}'",
      GetParam().before, testing::lacuna_program());
  testing::RunningProgram program("/bin/sh", {"-c", script}, folder_.path());
  wait_for_epochs(program);
  program.signal(GetParam().signal);
  const std::size_t before = epochs();
  while (program.running() && epochs() < before + 20) std::this_thread::sleep_for(milliseconds(5));
  ASSERT_TRUE(program.running()) << program.wait().err;
  program.signal(SIGUSR1);
  EXPECT_EQ(program.wait().exit_code, 75);
}

// What shells do to background jobs of scripts: SIGINT is ignored there.
INSTANTIATE_TEST_SUITE_P(Signals, Row31Ignored,
                         ::testing::Values(Deaf{"Nohup", "exec nohup", SIGHUP},
                                           Deaf{"Hangup", "trap '' HUP; exec", SIGHUP},
                                           Deaf{"Background", "trap '' INT; exec", SIGINT},
                                           Deaf{"Terminate", "trap '' TERM; exec", SIGTERM}),
                         [](const auto& test) { return std::string(test.param.name); });

/// Open MPI sends SIGCONT and SIGTERM, and SIGKILL a second later.
TEST_F(CtrlC, Row33WhatALauncherSendsLeavesARunThatGoesOn) {
  testing::RunningProgram program(testing::lacuna_program(), endless("tiny.json"), folder_.path());
  wait_for_epochs(program);
  program.signal(SIGCONT);
  program.signal(SIGTERM);
  for (int i = 0; i < 200 && program.running(); ++i) std::this_thread::sleep_for(milliseconds(5));
  program.signal(SIGKILL);
  EXPECT_THAT(program.wait().exit_code, ::testing::AnyOf(75, 128 + SIGKILL))
      << "saved in time, or not";
  const std::string last = fmt::format("train.epochs={}", epochs() + 2);
  output_of({"resume", "run", "-q", last});
  EXPECT_EQ(config::read_json(folder_ / "run/a/seed-0/result.json").at("epochs").as_int64(),
            static_cast<std::int64_t>(epochs()));
}

}  // namespace
}  // namespace lacuna::experiments
