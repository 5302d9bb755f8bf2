#include <csignal>
#include <fstream>
#include <thread>

#include "tests/experiments/report/report_command.hpp"
#include "tests/experiments/table_experiment.hpp"
#include "tests/support/packings.hpp"
#include "tests/support/sanitizers.hpp"

/// Row 32 of the list of faults that are survived: one failing run of many.
namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* diverges =
    R"({"model.activation": "identity", "train.optimizer.learning_rate": 1e12})";
constexpr const char* has_no_data =
    R"({"data": {"type": "csv", "path": "late.csv", "vectors": "user"}})";
/// Of 400 GB.
constexpr const char* layers_without_end =
    R"("model.layers": [{"units": 1000000}, {"units": 100000}])";

class Row32FailedRun : public TableTest {
 protected:
  static std::string variants(const std::string& a, const std::string& b, const std::string& c) {
    return fmt::format(R"(variants={{"a": {}, "b": {}, "c": {}}})", a, b, c);
  }
  static std::vector<std::string> training(const std::string& variants) {
    return {"train", "tiny.json", "output.dir=run", "evaluate.clip=false", "-q", variants};
  }
  /// The program with 8 GB of addresses.
  ProgramResult lacuna_in_little_memory(const std::string& arguments) const {
    const std::string script =
        fmt::format("ulimit -v 8000000; exec '{}' {}", testing::lacuna_program(), arguments);
    return testing::RunningProgram("/bin/sh", {"-c", script}, folder_.path()).wait();
  }

  Json json(const std::string& path) const { return config::read_json(folder_ / path); }
  Json result(const std::string& run) const { return json(run + "/seed-0/result.json"); }
  std::string weights(const std::string& run) const {
    return read_file(folder_ / run / "seed-0/weights.safetensors");
  }
  void write_late_data() const {
    std::string csv = "user,item,rating\n";
    for (int i = 0; i < 300; ++i) csv += fmt::format("{},{},{}\n", i % 20, i / 20, 1 + i % 5);
    write_file(folder_ / "late.csv", csv);
  }
};

TEST_F(Row32FailedRun, ThatDivergesCostsThatRunOnly) {
  const ProgramResult trained = lacuna(training(variants("{}", diverges, "{}")));
  EXPECT_EQ(trained.exit_code, 4);
  EXPECT_THAT(trained.err,
              AllOf(HasSubstr("lacuna: b, seed 0 failed: epoch "), HasSubstr("lacuna resume run")));
  EXPECT_THAT(trained.out, AllOf(HasSubstr("\na  "), HasSubstr("\nc  "),
                                 HasSubstr("\nb, seed 0, failed at epoch")));
  const Json::Array runs = json("run/results.json").at("runs").as_array();
  ASSERT_THAT(runs, SizeIs(3));
  EXPECT_THAT(runs[1].at("failure").as_string(), HasSubstr("not finite"));
  EXPECT_EQ(runs[1].at("failure_code").as_int64(), 4);
  EXPECT_EQ(runs[2].find("failure_code"), nullptr);
  EXPECT_EQ(result("run/b").at("failure"), runs[1].at("failure"));
  EXPECT_FALSE(weights("run/c").empty());
}

TEST_F(Row32FailedRun, ThatDivergedStaysFailedUntilSettingsLetItGoOn) {
  lacuna(training(variants("{}", diverges, "{}")));
  const std::string failure = result("run/b").at("failure").as_string();
  EXPECT_EQ(lacuna({"resume", "run", "-q"}).exit_code, 4);
  EXPECT_EQ(lacuna({"resume", "run", "-q", "train.epochs=9"}).exit_code, 4);
  EXPECT_EQ(result("run/a").at("epochs").as_int64(), 9);
  EXPECT_EQ(result("run/b").at("failure").as_string(), failure);
  EXPECT_EQ(result("run/c").at("epochs").as_int64(), 9) << "behind the one that failed";
  EXPECT_EQ(lacuna({"resume", "run/c", "-q"}).exit_code, 5) << "no run";
  EXPECT_EQ(lacuna({"resume", "run/c/seed-0", "-q"}).exit_code, 0) << "it did not fail";
  EXPECT_EQ(lacuna({"resume", "run/b/seed-0", "-q"}).exit_code, 4);
  output_of({"resume", "run", "-q", "train.optimizer.learning_rate=0.05"});
  EXPECT_TRUE(result("run/b").at("failure").is_null());
}

TEST_F(Row32FailedRun, WithoutDataIsTriedAgainWhenTheyAreThere) {
  // The first one: there is no folder yet when it fails.
  const ProgramResult trained = lacuna(training(variants(has_no_data, "{}", "{}")));
  EXPECT_EQ(trained.exit_code, 3);
  EXPECT_THAT(trained.err, HasSubstr("lacuna: a, seed 0 failed: no file or folder 'late.csv'"));
  EXPECT_FALSE(weights("run/c").empty());
  EXPECT_THAT(result("run/a").at("failure").as_string(), HasSubstr("late.csv"));
  EXPECT_EQ(lacuna({"report", "run"}).exit_code, 0);
  EXPECT_EQ(lacuna({"resume", "run", "-q"}).exit_code, 3);
  write_late_data();
  output_of({"resume", "run", "-q"});
  EXPECT_FALSE(weights("run/a").empty());
}

TEST_F(Row32FailedRun, WithDamagedDataNamesTheLine) {
  write_file(folder_ / "late.csv", "user,item,rating\n1,2,3\n1,4,x\n");
  const ProgramResult trained = lacuna(training(variants("{}", has_no_data, "{}")));
  EXPECT_EQ(trained.exit_code, 3);
  EXPECT_THAT(trained.err, AllOf(HasSubstr("lacuna: b, seed 0 failed: "), HasSubstr("late.csv:3")));
  EXPECT_FALSE(weights("run/c").empty());
}

/// What is read in another way than a CSV file.
TEST_F(Row32FailedRun, WithDamageOfAnyKindCostsThatRunOnly) {
  const std::string packed = testing::xz("user,item,rating\n1,2,3\n");
  struct Damage {
    const char* type;
    const char* file;
    std::string bytes;
    const char* says;
  };
  for (const Damage& damage :
       {Damage{"csv", "late.xz", packed.substr(0, packed.size() - 9), "late.xz is a truncated xz"},
        Damage{"csv", "late.zip", "PK\x03\x04", "late.zip is a damaged zip"},
        Damage{"amazon", "late.json", "{\"reviewerID\": 1\n", "late.json:1: "},
        Damage{"netflix_prize", "late.txt", "1:\nx\n", "late.txt:2: "},
        Damage{"jester", "late.xls", "\xD0\xCF\x11\xE0", "late.xls is an Excel workbook"}}) {
    write_file(folder_ / damage.file, damage.bytes);
    const std::string changed =
        fmt::format(R"({{"data": {{"type": "{}", "path": "{}"}}}})", damage.type, damage.file);
    const ProgramResult trained = lacuna(training(variants("{}", changed, "{}")));
    EXPECT_EQ(trained.exit_code, 3) << damage.file;
    EXPECT_THAT(trained.err,
                AllOf(HasSubstr("lacuna: b, seed 0 failed: "), HasSubstr(damage.says)));
    EXPECT_FALSE(weights("run/c").empty()) << damage.file;
    EXPECT_EQ(lacuna({"resume", "run", "-q"}).exit_code, 3) << damage.file;
    fs::remove_all(folder_ / "run");
  }
}

TEST_F(Row32FailedRun, TheFirstOneDecidesTheExitCode) {
  EXPECT_EQ(lacuna(training(variants("{}", has_no_data, diverges))).exit_code, 3);
  fs::remove_all(folder_ / "run");
  EXPECT_EQ(lacuna(training(variants(diverges, has_no_data, "{}"))).exit_code, 4);
}

TEST_F(Row32FailedRun, WhereNoneGotAnywhereNoFolderIsLeft) {
  EXPECT_THAT(message_of(3, training(variants(has_no_data, has_no_data, has_no_data))),
              HasSubstr("late.csv"));
  EXPECT_FALSE(fs::exists(folder_ / "run"));
}

TEST_F(Row32FailedRun, ThatHadEndedWellKeepsItsResult) {
  write_late_data();
  lacuna(training(variants("{}", has_no_data, "{}")));
  const std::string before = read_file(folder_ / "run/b/seed-0/result.json");
  fs::remove(folder_ / "late.csv");
  EXPECT_THAT(message_of(3, {"resume", "run", "-q"}), HasSubstr("b, seed 0 failed: "));
  EXPECT_EQ(read_file(folder_ / "run/b/seed-0/result.json"), before);
}

TEST_F(Row32FailedRun, OfOneOfSeveralSeedsCostsThatSeedOnly) {
  lacuna({"train", "tiny.json", "output.dir=run", "seeds=3", "-q"});
  write_file(folder_ / "run/seed-1/data.json", "{");
  EXPECT_THAT(message_of(5, {"resume", "run", "-q", "train.epochs=9"}),
              HasSubstr("tiny, seed 1 failed: "));
  EXPECT_EQ(json("run/seed-0/result.json").at("epochs").as_int64(), 9);
  EXPECT_EQ(json("run/seed-2/result.json").at("epochs").as_int64(), 9);
}

TEST_F(Row32FailedRun, OutOfMemoryCostsThatRunOnly) {
  if (testing::sanitized) GTEST_SKIP() << "sanitizers need addresses without end";
  const ProgramResult trained = lacuna_in_little_memory(fmt::format(
      R"(train table.json output.dir=run -q 'variants={{"a": {{}}, "b": {{{}}}, "c": {{}}}}')",
      layers_without_end));
  EXPECT_EQ(trained.exit_code, 1);
  EXPECT_THAT(trained.err, HasSubstr("lacuna: b, seed 0 failed: out of memory"));
  EXPECT_FALSE(weights("run/c").empty());
  const ProgramResult resumed = lacuna_in_little_memory("resume run -q train.epochs=9");
  EXPECT_EQ(resumed.exit_code, 1);
  EXPECT_EQ(result("run/c").at("epochs").as_int64(), 9);
}

class Row32FailedSet : public Row32FailedRun, public ::testing::WithParamInterface<int> {
 protected:
  std::string jobs() const { return fmt::format("--jobs {}", GetParam()); }
};

TEST_P(Row32FailedSet, IsNotChosenAndTheSweepGoesOn) {
  if (testing::sanitized) GTEST_SKIP() << "sanitizers need addresses without end";
  const std::string sets = fmt::format(
      R"({{"list": [{{{}}}, {{"train.optimizer.learning_rate": 1e30}}, {{"train.epochs": 4}}]}})",
      layers_without_end);
  const ProgramResult swept = lacuna_in_little_memory(
      fmt::format("sweep table.json output.dir=run -q {} 'sweep={}'", jobs(), sets));
  EXPECT_EQ(swept.exit_code, 1) << swept.err;
  EXPECT_THAT(swept.out, HasSubstr("chosen by validation: train.epochs=4"));
  EXPECT_THAT(swept.err, AllOf(HasSubstr("failed: out of memory"), HasSubstr("not finite"),
                               Not(HasSubstr("resume run train."))));
  const std::string table = read_file(folder_ / "run/sweep.csv");
  EXPECT_THAT(table, AllOf(HasSubstr("out of memory"), HasSubstr("not finite")));
  EXPECT_EQ(lacuna_in_little_memory("resume run -q " + jobs()).exit_code, 1) << "it does not die";
  EXPECT_THAT(lines_of(read_file(folder_ / "run/sweep.csv")), SizeIs(5));
}

TEST_P(Row32FailedSet, OfOneVariantLeavesTheOthersTheirChoice) {
  const ProgramResult swept = testing::run_lacuna(
      {"sweep", "tiny.json", "output.dir=run", "-q", "--jobs", std::to_string(GetParam()),
       "evaluate.clip=false", variants("{}", diverges, "{}"),
       R"(sweep={"grid": {"train.epochs": [3, 4]}})"},
      folder_.path());
  EXPECT_EQ(swept.exit_code, 4) << swept.err;
  EXPECT_THAT(swept.out, AllOf(HasSubstr("validation for a: "), HasSubstr("validation for c: "),
                               Not(HasSubstr("validation for b: "))));
  EXPECT_THAT(json("run/test/results.json").at("runs").as_array(), SizeIs(2));
}

TEST_P(Row32FailedSet, EndsTheSweepWhereThereIsNoOther) {
  const ProgramResult swept = testing::run_lacuna(
      {"sweep", "tiny.json", "output.dir=run", "-q", "--jobs", std::to_string(GetParam()),
       "evaluate.clip=false", "model.activation=identity",
       R"(sweep={"grid": {"train.optimizer.learning_rate": [1e11, 1e12]}})"},
      folder_.path());
  EXPECT_EQ(swept.exit_code, 4);
  EXPECT_THAT(swept.err, AllOf(HasSubstr("no set could be trained"), HasSubstr("not finite")));
}

INSTANTIATE_TEST_SUITE_P(Jobs, Row32FailedSet, ::testing::Values(1, 2));

/// Kills the sweep's process at work on `run`; waits until there is one.
void kill_process_of(testing::RunningProgram& sweep, const fs::path& folder,
                     const std::string& run) {
  while (sweep.running()) {
    for (const auto& entry : fs::directory_iterator("/proc")) {
      std::string line;
      std::getline(std::ifstream(entry.path() / "cmdline"), line);
      if (line.find(run) == line.npos) continue;
      std::error_code gone;
      if (!fs::equivalent(entry.path() / "cwd", folder, gone)) continue;
      ::kill(std::stoi(entry.path().filename()), SIGKILL);
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

/// As the system does with the largest process where memory runs out.
TEST_F(Row32FailedRun, WhoseProcessIsKilledCostsThatRunOnly) {
  testing::RunningProgram program(
      testing::lacuna_program(),
      {"sweep", "tiny.json", "output.dir=run", "-q", "--jobs", "2", "train.patience=0",
       R"(sweep={"grid": {"train.epochs": [3, 1000000000]}})"},
      folder_.path());
  kill_process_of(program, folder_.path(), "search/train.epochs_1000000000/seed-0");
  const ProgramResult swept = program.wait();
  EXPECT_EQ(swept.exit_code, 1);
  EXPECT_THAT(swept.err, HasSubstr("killed by signal 9"));
  EXPECT_THAT(swept.out, HasSubstr("chosen by validation: train.epochs=3"));
  // What is chosen stays: the set is not tried again.
  EXPECT_THAT(message_of(1, {"resume", "run", "-q"}), HasSubstr("killed by signal 9"));
}

}  // namespace
}  // namespace lacuna::experiments
