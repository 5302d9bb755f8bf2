#include <csignal>
#include <thread>

#include "runtime/error.hpp"
#include "runtime/io/folder_lock.hpp"
#include "tests/experiments/report/report_command.hpp"

namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class SweepCommand : public ProgramTest {
 protected:
  SweepCommand() {
    write_file(folder_ / "sweep.json", R"({
      "data": { "type": "synthetic", "users": 60, "items": 40, "ratings": 800, "vectors": "user" },
      "model": { "type": "autorec", "hidden_units": 5 },
      "train": { "epochs": 6, "optimizer": { "type": "adam", "learning_rate": 0.05 } },
      "seeds": 3, "seeds_vary": "both",
      "variants": {
        "with SN": { "model.input": { "type": "sparsity_normalization" } },
        "without SN": { "model.input": { "type": "zero_imputation" } }
      },
      "sweep": { "grid": { "train.l2.lambda": [0.1, 1000] },
                 "list": [ { "train.epochs": 1, "model.hidden_units": 3 } ] }
    })");
  }

  Json json(const std::string& path) const { return config::read_json(folder_ / path); }
  std::vector<std::string> table(const std::string& run) const {
    return lines_of(read_file(folder_ / run / "sweep.csv"));
  }
  /// A line of sweep.csv without its seconds.
  static std::string without_seconds(const std::string& line) {
    const std::size_t end = line.rfind(',');
    return line.substr(0, line.rfind(',', end - 1));
  }
  static void expect_same(const std::vector<std::string>& found,
                          const std::vector<std::string>& expected, const std::string& jobs) {
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_EQ(without_seconds(found[i]), without_seconds(expected[i])) << jobs << " jobs";
    }
  }
};

TEST_F(SweepCommand, ChoosesByValidationThenTestsWithEverySeed) {
  const std::string out = output_of({"sweep", "sweep.json", "output.dir=run"});
  EXPECT_THAT(out, AllOf(HasSubstr("chosen by validation for with SN: train.l2.lambda=0.1"),
                         HasSubstr("chosen by validation for without SN: train.l2.lambda=0.1")));
  const auto lines = table("run");
  ASSERT_THAT(lines, SizeIs(1 + 2 * 3 + 2 * 3));
  EXPECT_EQ(lines[0],
            "phase,variant,seed,model.hidden_units,train.epochs,train.l2.lambda,validation_rmse,"
            "best_epoch,test_rmse,test_warm_rmse,seconds,failure");
  EXPECT_THAT(lines[1], ::testing::StartsWith("search,\"with SN\",0,,,0.1,"));
  EXPECT_THAT(lines[3], ::testing::StartsWith("search,\"with SN\",0,3,1,,"));
  EXPECT_THAT(lines[12], ::testing::StartsWith("test,\"without SN\",2,,,0.1,"));
  EXPECT_EQ(fs::exists(folder_ / "run/search.png"), gnuplot_is_there());

  // The choice is the least of the search's validation errors, whatever the test ratings say.
  const Json choices = json("run/choice.json").at("choices");
  const Json searched = json("run/search/results.json");
  const Json tested = json("run/test/results.json");
  for (const Json& choice : choices.as_array()) {
    double least = 1e30;
    for (const Json& run : searched.at("runs").as_array()) {
      EXPECT_TRUE(run.at("test").is_null()) << "the search looked at the test ratings";
      if (!run.at("variant").as_string().starts_with(choice.at("variant").as_string())) continue;
      least = std::min(least, run.at("validation_rmse").as_double());
    }
    EXPECT_EQ(choice.at("validation_rmse").as_double(), least);
  }
  for (const Json& run : tested.at("runs").as_array()) {
    EXPECT_FALSE(run.at("test").is_null());
  }
  EXPECT_TRUE(searched.at("baselines").as_object().empty()) << "a look at the test ratings, too";
  EXPECT_FALSE(tested.at("baselines").as_object().empty());
}

TEST_F(SweepCommand, EachSeedHasASplitOfItsOwn) {
  output_of({"sweep", "sweep.json", "output.dir=run"});
  for (const int seed : {0, 1, 2}) {
    const Json resolved = json("run/test/with_SN/seed-" + std::to_string(seed) + "/resolved.json");
    EXPECT_EQ(resolved.at("seed").as_int64(), seed);
    EXPECT_EQ(resolved.at("data").at("split_seed").as_int64(), seed);
  }
}

TEST_F(SweepCommand, GoesOnWithOtherThreadsButNotOtherSettings) {
  output_of({"sweep", "sweep.json", "output.dir=run", "-q"});
  fs::remove_all(folder_ / "run/test");
  EXPECT_THAT(message_of(2, {"resume", "run", "train.epochs=9"}), HasSubstr("may change only"));
  output_of({"resume", "run", "--threads", "1", "--device", "cpu", "-q"});
  EXPECT_EQ(json("run/test/results.json").at("runs").as_array().size(), 6U);
}

TEST_F(SweepCommand, SeveralProcessesFindTheSame) {
  output_of({"sweep", "sweep.json", "output.dir=one", "-q"});
  output_of({"sweep", "sweep.json", "output.dir=several", "--jobs", "3"});
  expect_same(table("several"), table("one"), "3");
}

TEST_F(SweepCommand, GoesOnAfterAKill) {
  output_of({"sweep", "sweep.json", "output.dir=whole", "train.epochs=200", "-q"});
  for (const char* jobs : {"1", "2"}) {
    fs::remove_all(folder_ / "run");
    testing::RunningProgram program(
        testing::lacuna_program(),
        {"sweep", "sweep.json", "output.dir=run", "train.epochs=200", "-q", "--jobs", jobs},
        folder_.path());
    while (program.running() && !fs::exists(folder_ / "run/search/with_SN__train.l2.lambda_1000")) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    program.signal(SIGKILL);
    program.wait();
    ProgramResult result = lacuna({"resume", "run", "-q", "--jobs", jobs});
    // A process of the killed one may still be at work in a run's folder.
    for (int attempt = 0; attempt < 50 && result.exit_code == 5; ++attempt) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      result = lacuna({"resume", "run", "-q", "--jobs", jobs});
    }
    EXPECT_EQ(result.exit_code, 0) << result.err;
    const auto expected = table("whole");
    expect_same(table("run"), expected, jobs);
  }
}

TEST_F(SweepCommand, ASignalSavesWhatIsAtWork) {
  for (const char* jobs : {"1", "2"}) {
    fs::remove_all(folder_ / "run");
    testing::RunningProgram program(testing::lacuna_program(),
                                    {"sweep", "sweep.json", "output.dir=run", "--jobs", jobs,
                                     "train.epochs=1000000", "train.patience=0"},
                                    folder_.path());
    const fs::path metrics =
        folder_ / "run/search/with_SN__train.l2.lambda_0.1/seed-0/metrics.jsonl";
    while (program.running() && read_file(metrics).empty()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    program.signal(SIGINT);
    const ProgramResult result = program.wait();
    EXPECT_EQ(result.exit_code, 75) << result.err;
    EXPECT_THAT(result.out, HasSubstr("go on with: lacuna resume"));
    EXPECT_FALSE(fs::is_empty(metrics.parent_path() / "checkpoints")) << jobs << " jobs";
  }
}

TEST_F(SweepCommand, NothingIsChosenWhileAnotherProcessTrainsOneOfItsRuns) {
  output_of({"sweep", "sweep.json", "output.dir=run", "-q"});
  const auto expected = table("run");
  for (const char* jobs : {"1", "2"}) {
    const fs::path run = folder_ / "run/search/with_SN__train.l2.lambda_0.1/seed-0";
    for (const fs::path& gone : {run, folder_ / "run/choice.json", folder_ / "run/test"}) {
      fs::remove_all(gone);
    }
    {
      const io::FolderLock other = io::FolderLock::create(run);
      EXPECT_THAT(message_of(5, {"resume", "run", "-q", "--jobs", jobs}),
                  HasSubstr("another process is training in this folder"));
      EXPECT_FALSE(fs::exists(folder_ / "run/choice.json")) << jobs << " jobs";
    }
    output_of({"resume", "run", "-q", "--jobs", jobs});
    expect_same(table("run"), expected, jobs);
  }
}

bool is_free(const fs::path& folder) {
  try {
    io::FolderLock::create(folder);
    return true;
  } catch (const IoError&) {
    return false;
  }
}

TEST_F(SweepCommand, ItsProcessesSaveAndEndWhenItIsKilled) {
  testing::RunningProgram program(testing::lacuna_program(),
                                  {"sweep", "sweep.json", "output.dir=run", "--jobs", "2",
                                   "train.epochs=1000000", "train.patience=0"},
                                  folder_.path());
  const fs::path run = folder_ / "run/search/with_SN__train.l2.lambda_0.1/seed-0";
  while (program.running() && read_file(run / "metrics.jsonl").empty()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_FALSE(is_free(run));
  program.signal(SIGKILL);
  program.wait();
  for (int tries = 0; tries < 600 && !is_free(run); ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_TRUE(is_free(run));
  EXPECT_FALSE(fs::is_empty(run / "checkpoints"));
}

/// Its own signal to them is heard where the sweep's shell ignores it.
TEST_F(SweepCommand, AnIgnoredNoticeIsStillHeardByItsProcesses) {
  const std::string script = "trap '' USR1; exec '" + testing::lacuna_program() +
                             "' sweep sweep.json output.dir=run --jobs 2 train.epochs=1000000 "
                             "train.patience=0";
  testing::RunningProgram program("/bin/sh", {"-c", script}, folder_.path());
  const fs::path run = folder_ / "run/search/with_SN__train.l2.lambda_0.1/seed-0";
  while (program.running() && read_file(run / "metrics.jsonl").empty()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  program.signal(SIGHUP);
  EXPECT_EQ(program.wait().exit_code, 75);
  EXPECT_FALSE(fs::is_empty(run / "checkpoints"));
}

TEST_F(SweepCommand, WhatHasBeenChosenStays) {
  output_of({"sweep", "sweep.json", "output.dir=run", "-q"});
  std::string choice = read_file(folder_ / "run/choice.json");
  choice.replace(choice.find("0.1"), 3, "1.0");
  write_file(folder_ / "run/choice.json", choice);
  fs::remove_all(folder_ / "run/test");
  EXPECT_THAT(output_of({"resume", "run", "-q"}), HasSubstr("for with SN: train.l2.lambda=1"));
}

TEST_F(SweepCommand, ASetThatDivergesIsNotChosen) {
  const ProgramResult swept =
      lacuna({"sweep", "sweep.json", "output.dir=run", "-q", "variants={}",
              R"(sweep={"list": [{"train.optimizer": {"type": "sgd", "learning_rate": 1e20}},
                                 {"train.epochs": 2}]})"});
  EXPECT_EQ(swept.exit_code, 4);
  EXPECT_THAT(swept.out, HasSubstr("chosen by validation: train.epochs=2"));
  EXPECT_THAT(table("run")[1], HasSubstr("not finite"));
}

TEST_F(SweepCommand, ErrorsLeaveNoFolder) {
  EXPECT_THAT(message_of(2, {"sweep", "tiny.json", "output.dir=run"}), HasSubstr("has none"));
  EXPECT_THAT(message_of(2, {"sweep", "sweep.json", "output.dir=run",
                             R"(sweep={"grid": {"train.l2.lamda": [1]}})"}),
              HasSubstr("'lambda'"));
  EXPECT_THAT(message_of(2, {"sweep", "sweep.json", "output.dir=run",
                             R"(sweep={"grid": {"data.split_seed": [1, 2]}})"}),
              HasSubstr("only keys of model and train"));
  EXPECT_THAT(message_of(2, {"sweep", "sweep.json", "output.dir=run", R"(sweep={"grid": {}})"}),
              HasSubstr("neither grid nor list"));
  EXPECT_FALSE(fs::exists(folder_ / "run"));
}

}  // namespace
}  // namespace lacuna::experiments
