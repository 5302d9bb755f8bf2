#include "tests/experiments/table_experiment.hpp"

/// Row 34 of the list of faults that are survived: standard output that cannot be written.
namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

struct Stream {
  const char* name;
  const char* before;    ///< what a shell does first
  const char* redirect;  ///< of the program's standard output
  int exit_code;
  const char* message;  ///< empty: no error

  friend void PrintTo(const Stream& stream, std::ostream* out) { *out << stream.name; }
};

constexpr Stream full{"Full", "", ">/dev/full", 5, "lacuna: standard output: "};
constexpr Stream closed{"Closed", "", ">&-", 5, "lacuna: standard output: "};
/// A pipe whose reader has gone, as `head` does.
constexpr Stream pipe{"Pipe", "rm -f p; mkfifo p; exec 4<>p 3>p 4<&-; ", ">&3", 0, ""};

class Row34Output : public TableTest, public ::testing::WithParamInterface<Stream> {
 protected:
  ProgramResult lacuna_into(const Stream& stream, const std::string& arguments) const {
    const std::string script = fmt::format("{}exec '{}' {} {}", stream.before,
                                           testing::lacuna_program(), arguments, stream.redirect);
    return testing::RunningProgram("/bin/sh", {"-c", script}, folder_.path()).wait();
  }

  void expect_told(const std::string& arguments) const {
    const Stream& stream = GetParam();
    const ProgramResult result = lacuna_into(stream, arguments);
    EXPECT_EQ(result.exit_code, stream.exit_code) << arguments << '\n' << result.err;
    if (std::string_view(stream.message).empty()) {
      EXPECT_THAT(result.err, Not(HasSubstr("lacuna: "))) << arguments;
    } else {
      EXPECT_THAT(result.err, HasSubstr(stream.message)) << arguments;
    }
  }

  std::string file(const std::string& path) const { return read_file(folder_ / path); }
};

TEST_P(Row34Output, IsToldByEveryCommandThatNeedsNoRun) {
  for (const char* arguments : {"--help", "--version", "train --help", "schema", "schema --text",
                                "info", "info --json", "validate tiny.json", "data tiny.json",
                                "train tiny.json --dry-run", "reproduce", "bench --list"}) {
    expect_told(arguments);
  }
}

TEST_P(Row34Output, IsToldByEveryCommandOnRunsAndLeavesTheSameFiles) {
  output_of({"train", "table.json", "output.dir=known", "-q"});
  output_of({"predict", "known", "--rows", "table.csv", "--output", "known.csv"});
  output_of({"data", "table.json", "--output", "known_data"});
  expect_told("train table.json output.dir=run -q");
  for (const char* name : {"weights.safetensors", "result.json", "data.json"}) {
    EXPECT_FALSE(file(std::string("run/seed-0/") + name).empty()) << name;
  }
  EXPECT_EQ(file("run/seed-0/weights.safetensors"), file("known/seed-0/weights.safetensors"));
  EXPECT_EQ(config::read_json(folder_ / "run/results.json").at("runs").as_array().size(), 1u);
  expect_told("resume run -q");
  expect_told("evaluate run");
  expect_told("predict run --rows table.csv --output run.csv");
  EXPECT_EQ(file("run.csv"), file("known.csv"));
  expect_told("predict run --rows table.csv --json");
  expect_told("data table.json --output run_data");
  EXPECT_EQ(file("run_data/non_zeros.csv"), file("known_data/non_zeros.csv"));
  expect_told("encode run --input table.csv --output run.npy");
  EXPECT_FALSE(file("run.npy").empty());
  expect_told("bench --tiny --json --repetitions 1 --save bench.json parse_ratings/copy");
  EXPECT_FALSE(config::read_json(folder_ / "bench.json").at("benchmarks").as_array().empty());
  expect_told("report run --output run.html");
  EXPECT_THAT(file("run.html"), HasSubstr("</html>"));
  expect_told("sweep table.json output.dir=sweep -q sweep='{\"list\": [{\"train.epochs\": 2}]}'");
  EXPECT_FALSE(file("sweep/sweep.csv").empty());
}

TEST_P(Row34Output, IsToldByEveryCommandOnRatings) {
  std::string csv = "user,item,rating\n";
  for (int i = 0; i < 300; ++i) csv += fmt::format("u{},{},{}\n", i % 20, i / 20, 1 + i % 5);
  write_file(folder_ / "ratings.csv", csv);
  write_file(folder_ / "pairs.csv", "user,item\nu1,2\n");
  write_file(folder_ / "mine.csv", "item,rating\n2,4\n");
  const char* data = R"(data={"type": "csv", "path": "ratings.csv", "vectors": "user"})";
  output_of({"train", "tiny.json", "output.dir=run", "-q", data});
  output_of({"data", "tiny.json", data, "--export", "known"});
  output_of({"predict", "run", "--all-users", "--output", "known.csv"});
  expect_told(fmt::format("data tiny.json '{}' --export parts", data));
  for (const char* name : {"train.csv", "validation.csv", "test.csv"}) {
    EXPECT_EQ(file(std::string("parts/") + name), file(std::string("known/") + name)) << name;
  }
  expect_told("predict run --all-users --output all.csv");
  EXPECT_EQ(file("all.csv"), file("known.csv"));
  expect_told("predict run --all-users");
  expect_told("predict run --pairs pairs.csv");
  expect_told("predict run --ratings mine.csv --json");
  expect_told("predict run --user u1");
}

INSTANTIATE_TEST_SUITE_P(Streams, Row34Output, ::testing::Values(full, closed, pipe),
                         [](const auto& test) { return std::string(test.param.name); });

/// Of standard error only what is said is lost.
TEST_F(TableTest, Row34WhatStandardErrorCannotShowStopsNothing) {
  int number = 0;
  for (const Stream& stream : {full, closed, pipe}) {
    std::string into = stream.redirect;
    into.insert(0, "2");
    const std::string run = fmt::format("run{}", number++);
    const std::string script = fmt::format("{}exec '{}' train tiny.json output.dir={} {}",
                                           stream.before, testing::lacuna_program(), run, into);
    const ProgramResult result =
        testing::RunningProgram("/bin/sh", {"-c", script}, folder_.path()).wait();
    EXPECT_EQ(result.exit_code, 0) << stream.name;
    EXPECT_THAT(result.out, HasSubstr("results: ")) << stream.name;
  }
}

/// The command's own failure is the one that counts.
TEST_F(TableTest, Row34OutputDoesNotHideWhatElseWentWrong) {
  const ProgramResult result =
      testing::RunningProgram(
          "/bin/sh",
          {"-c", fmt::format("exec '{}' train tiny.json model.activation=identity "
                             "train.optimizer.learning_rate=1e12 train.epochs=100 "
                             "evaluate.clip=false -q >/dev/full",
                             testing::lacuna_program())},
          folder_.path())
          .wait();
  EXPECT_EQ(result.exit_code, 4);
}

}  // namespace
}  // namespace lacuna::experiments
