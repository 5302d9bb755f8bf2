#include <map>

#include "experiments/run/launch.hpp"
#include "runtime/config/parse.hpp"
#include "runtime/error.hpp"
#include "runtime/io/folder_lock.hpp"
#include "tests/experiments/comparable.hpp"
#include "tests/experiments/table_experiment.hpp"

/// Row 10 of the list of faults that are survived: a training that is stopped anywhere and resumed
/// leaves the files of one that was not.
namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// Every file below `folder` but environment.json and TensorBoard's events, which hold dates.
std::map<std::string, std::string> contents(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool dated = name == "environment.json" || name.starts_with("events.");
    if (!entry.is_regular_file() || dated) continue;
    files[fs::relative(entry.path(), folder).string()] = comparable(entry.path());
  }
  return files;
}

class Row10Resume : public TableTest {
 protected:
  /// Six steps an epoch.
  Plan plan(const std::string& name, const std::string& epochs = "10",
            const std::string& more = "seed=0") const {
    return load_plan(
        folder_ / experiment_,
        {"train.epochs=" + epochs, "train.patience=0", "train.batch_size=" + batch_,
         "train.l2.lambda=0.1", "threads=1", more, "output.dir=" + (folder_ / name).string()});
  }

  /// Trains; stops where it is asked for the `points`-th time whether to go on.
  static LaunchReport train_to(const Plan& plan, int points) {
    int asked = 0;
    return train(plan, {.quiet = true, .stop = [&] { return ++asked == points; }});
  }

  /// The folder "run", trained on "ratings.csv".
  void train_on_file() const {
    write_file(folder_ / "ratings.csv",
               "user,item,rating\n1,1,1\n1,2,2\n2,1,3\n2,2,4\n3,1,5\n3,2,1\n"
               "4,1,2\n4,2,3\n5,1,4\n5,2,5\n");
    const std::string data =
        R"(data={"type": "csv", "path": "ratings.csv", "test_share": 0.2, "validation_share": 0.2})";
    output_of({"train", "tiny.json", data, "output.dir=run"});
  }

  /// launch.json and resolved.json name the same folder.
  std::map<std::string, std::string> files(const std::string& name) const {
    return contents(folder_ / name);
  }

  std::string experiment_ = "tiny.json";
  std::string batch_ = "10";
};

class Row10ResumeOf : public Row10Resume, public ::testing::WithParamInterface<const char*> {
 protected:
  Row10ResumeOf() {
    experiment_ = GetParam();
    if (experiment_ == "table.json") batch_ = "7";
  }
};

TEST_P(Row10ResumeOf, StoppedAtEachOfFiftyStepsLeavesTheSameFiles) {
  EXPECT_FALSE(train_to(plan("whole"), -1).interrupted);
  const auto whole = files("whole");
  EXPECT_GE(whole.size(), 10U);
  for (int step = 1; step <= 50; ++step) {  // of 60
    const fs::path run = folder_ / "stopped";
    EXPECT_TRUE(train_to(plan("stopped"), step).interrupted) << step;
    EXPECT_TRUE(config::read_json(run / "seed-0/result.json").at("interrupted").as_bool());
    EXPECT_FALSE(resume(run, {}, {.quiet = true}).interrupted);
    const auto resumed = files("stopped");
    ASSERT_EQ(resumed.size(), whole.size()) << step;
    for (const auto& [name, text] : whole) EXPECT_EQ(resumed.at(name), text) << name << " " << step;
    fs::remove_all(run);
  }
}

TEST_P(Row10ResumeOf, MoreEpochsContinueAFinishedRun) {
  train_to(plan("long"), -1);
  train_to(plan("short", "4"), -1);
  EXPECT_FALSE(resume(folder_ / "short", {"train.epochs=10"}, {.quiet = true}).interrupted);
  const auto expected = files("long");
  const auto found = files("short");
  for (const std::string name :
       {"seed-0/weights.safetensors", "seed-0/metrics.jsonl", "seed-0/resolved.json"}) {
    EXPECT_EQ(found.at(name), expected.at(name)) << name;
  }
  const Json result = config::read_json(folder_ / "short/seed-0/result.json");
  EXPECT_EQ(result.at("looks_at_test").as_int64(), 2) << "it was judged twice, and says so";
  EXPECT_EQ(result.at("test"), config::read_json(folder_ / "long/seed-0/result.json").at("test"));
}

INSTANTIATE_TEST_SUITE_P(Rows, Row10ResumeOf, tiny_experiments, kind_of_rows);

TEST_F(Row10Resume, HiddenCellsAreTheSameWhereItGoesOn) {
  experiment_ = "table.json";
  const std::string hide = R"(data.hide={"mechanism": "mnar", "train_rate": 0.3})";
  train_to(plan("whole", "10", hide), -1);
  EXPECT_TRUE(train_to(plan("stopped", "10", hide), 20).interrupted);
  resume(folder_ / "stopped", {}, {.quiet = true});
  const auto expected = files("whole");
  const auto found = files("stopped");
  for (const std::string name : {"seed-0/weights.safetensors", "seed-0/result.json"}) {
    EXPECT_EQ(found.at(name), expected.at(name)) << name;
  }
}

TEST_F(Row10Resume, FinishedRunsStayAndMissingOnesAreTrained) {
  train_to(plan("run", "10", "seeds=3"), -1);
  const auto before = files("run");
  fs::remove_all(folder_ / "run/seed-2");
  fs::remove(folder_ / "run/seed-1/result.json");
  const auto written = fs::last_write_time(folder_ / "run/seed-0/result.json");
  resume(folder_ / "run", {}, {.quiet = true});
  EXPECT_EQ(files("run"), before);
  EXPECT_EQ(fs::last_write_time(folder_ / "run/seed-0/result.json"), written);

  fs::remove_all(folder_ / "run/seed-1");
  fs::remove_all(folder_ / "run/seed-2");
  resume(folder_ / "run/seed-2", {}, {.quiet = true});
  EXPECT_TRUE(fs::exists(folder_ / "run/seed-2/result.json"));
  EXPECT_FALSE(fs::exists(folder_ / "run/seed-1")) << "only the one that was meant";
}

TEST_F(Row10Resume, ByTheProgramOfALaunchAndOfARun) {
  output_of({"train", "tiny.json", "output.dir=run"});
  EXPECT_THAT(output_of({"resume", "run"}), HasSubstr("results:"));
  EXPECT_THAT(output_of({"resume", "run/seed-0/", "train.epochs=9", "-v"}), HasSubstr("tiny"));
  EXPECT_EQ(lines_of(read_file(folder_ / "run/seed-0/metrics.jsonl")).size(), 9U);
}

TEST_F(Row10Resume, WhatWouldChangeTheTrainingIsRefused) {
  output_of({"train", "tiny.json", "output.dir=run"});
  EXPECT_THAT(message_of(2, {"resume", "run", "model.hidden_units=9"}),
              HasSubstr("a run that is resumed may change only train.epochs"));
  EXPECT_THAT(message_of(2, {"resume", "run", "train.epochs=x"}), HasSubstr("train.epochs"));
  EXPECT_THAT(message_of(5, {"resume", "elsewhere"}), HasSubstr("no launch to resume"));
  write_file(folder_ / "run/launch.json", "{}");
  EXPECT_THAT(message_of(5, {"resume", "run"}), HasSubstr("launch.json"));
}

TEST_F(Row10Resume, RatesThatWereAreNotChanged) {
  output_of({"train", "tiny.json", "output.dir=run", "train.schedule.type=cosine"});
  EXPECT_THAT(message_of(2, {"resume", "run", "train.epochs=9"}), HasSubstr("cosine"));
  output_of({"resume", "run", "train.epochs=9", R"(train.schedule={"type": "constant"})"});
  EXPECT_EQ(lines_of(read_file(folder_ / "run/seed-0/metrics.jsonl")).size(), 9U);
}

TEST_F(Row10Resume, WhatLeavesNothingToTrainChangesNothing) {
  output_of({"train", "tiny.json", "output.dir=run"});
  const auto before = files("run/seed-0");
  const ProgramResult result = lacuna({"resume", "run", "train.optimizer.learning_rate=0.001"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.err, HasSubstr("a larger train.epochs would let it go on"));
  EXPECT_EQ(files("run/seed-0"), before);
}

TEST_F(Row10Resume, OneRunOfSeveralKeepsTheResultsOfAll) {
  output_of({"train", "tiny.json", "output.dir=run", "seeds=3", "seeds_vary=both"});
  const auto before = files("run");
  fs::remove(folder_ / "run/seed-1/result.json");
  output_of({"resume", "run/seed-1", "--threads", "1"});
  EXPECT_EQ(files("run").at("results.json"), before.at("results.json"));
  EXPECT_THAT(message_of(2, {"resume", "run/seed-1", "train.epochs=9"}),
              HasSubstr("holds for all runs of a launch"));
}

TEST_F(Row10Resume, RatingsMayHaveMoved) {
  train_on_file();
  const std::string tested = output_of({"evaluate", "run"});
  fs::rename(folder_ / "ratings.csv", folder_ / "moved.csv");
  EXPECT_THAT(message_of(3, {"evaluate", "run"}), HasSubstr("ratings.csv"));
  EXPECT_EQ(output_of({"evaluate", "run", "--data", "moved.csv"}), tested);
  output_of({"predict", "run", "--user", "1", "--data", "moved.csv"});
  output_of({"resume", "run", "train.epochs=9", "data.path=moved.csv"});
  output_of({"evaluate", "run"});
}

TEST_F(Row10Resume, OtherRatingsAreRefused) {
  train_on_file();
  std::ofstream(folder_ / "ratings.csv", std::ios::app) << "6,1,2\n6,2,3\n";
  EXPECT_THAT(message_of(3, {"resume", "run", "train.epochs=9"}),
              HasSubstr("not the ratings that"));
}

TEST_F(Row10Resume, ATableMayHaveMovedButNotChanged) {
  output_of({"train", "table.json", "output.dir=run"});
  const std::string tested = output_of({"evaluate", "run"});
  fs::rename(folder_ / "table.csv", folder_ / "moved.csv");
  EXPECT_THAT(message_of(3, {"evaluate", "run"}), HasSubstr("table.csv"));
  EXPECT_EQ(output_of({"evaluate", "run", "--data", "moved.csv"}), tested);
  output_of({"predict", "run", "--rows", "moved.csv", "--data", "moved.csv"});
  output_of({"resume", "run", "train.epochs=9", "data.path=moved.csv"});
  std::ofstream(folder_ / "moved.csv", std::ios::app) << "1,2,red,3.5\n";
  EXPECT_THAT(message_of(3, {"resume", "run", "train.epochs=12"}),
              HasSubstr("moved.csv: not the rows that"));
}

TEST_F(Row10Resume, AnotherProcessAtWorkIsAnError) {
  train_to(plan("run"), 5);
  const io::FolderLock lock = io::FolderLock::create(folder_ / "run/seed-0");
  EXPECT_THAT(message_of(5, {"resume", "run"}), HasSubstr("another process"));
}

}  // namespace
}  // namespace lacuna::experiments
