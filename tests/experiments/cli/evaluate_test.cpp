#include "tests/experiments/report/report_command.hpp"
#include "tests/experiments/table_experiment.hpp"

namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class Evaluate : public ReportCommand {
 protected:
  Evaluate() {
    write_file(folder_ / "table.csv", small_table());
    write_file(folder_ / "table.json", tiny_table_experiment);
  }
  void write_ratings(const std::string& name, int most) const {
    std::string csv = "user,item,rating\n";
    for (int i = 0; i < 300; ++i) csv += fmt::format("{},{},{}\n", i % 20, i / 20, 1 + i % most);
    write_file(folder_ / name, csv);
  }
  static std::string from(const std::string& file) {
    return R"(data={"type": "csv", "vectors": "user", "path": ")" + file + "\"}";
  }
  std::string looks_of(const std::string& run) const { return lacuna({"evaluate", run}).err; }
};

TEST_F(Evaluate, CountsAsALookAtTheTestData) {
  train("tiny.json", "run");
  EXPECT_THAT(report_of({"run"}), HasSubstr("seen once"));
  EXPECT_THAT(looks_of("run"), HasSubstr("run/seed-0: its test ratings were seen 2 times"));
  EXPECT_THAT(looks_of("run/seed-0"), HasSubstr("seen 3 times"));
  EXPECT_THAT(lines_of(read_file(folder_ / "run/seed-0/evaluations.jsonl")), SizeIs(2));
  EXPECT_THAT(report_of({"run"}), HasSubstr("seen 3 times"));
  output_of({"resume", "run", "-q", "train.epochs=9"});
  EXPECT_THAT(report_of({"run"}), HasSubstr("seen 4 times")) << "trained on";
}

TEST_F(Evaluate, OfATableCountsToo) {
  train("table.json", "run");
  EXPECT_THAT(looks_of("run"), HasSubstr("its test rows were seen 2 times"));
  EXPECT_THAT(report_of({"run"}), HasSubstr("seen 2 times"));
}

TEST_F(Evaluate, OfARunThatCannotBeWrittenStillEvaluates) {
  train("tiny.json", "run");
  fs::create_directory(folder_ / "run/seed-0/evaluations.jsonl");
  const ProgramResult result = lacuna({"evaluate", "run"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.err, HasSubstr("could not be noted"));
}

TEST_F(Evaluate, SaysThatARunFailedAndWhatItsWeightsAre) {
  lacuna({"train", "tiny.json", "output.dir=run", "model.activation=identity", "-q",
          "train.optimizer.learning_rate=1e12", "train.epochs=100", "evaluate.clip=false"});
  const Json stored = config::read_json(folder_ / "run/seed-0/result.json");
  const ProgramResult result = lacuna({"evaluate", "run"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(
      result.out,
      AllOf(HasSubstr("tiny (failed)"),
            HasSubstr(fmt::format("the run failed after {} step", stored.at("steps").as_int64())),
            HasSubstr(stored.at("failure").as_string()),
            HasSubstr("weights are those of the last good step")));
  const Json json = config::parse_json(output_of({"evaluate", "run", "--json"}), "output");
  EXPECT_EQ(json.at("runs").as_array().at(0).at("failure"), stored.at("failure"));
}

TEST_F(Evaluate, OneOfSeveralRunsThatCannotBeEvaluatedIsLeftOut) {
  output_of({"train", "tiny.json", "seeds=3", "output.dir=run", "-q"});
  write_file(folder_ / "run/seed-1/weights.safetensors", "damaged");
  const ProgramResult result = lacuna({"evaluate", "run", "--json"});
  EXPECT_EQ(result.exit_code, 5);
  EXPECT_THAT(result.err, HasSubstr("lacuna: run/seed-1: "));
  EXPECT_THAT(config::parse_json(result.out, "output").at("runs").as_array(), SizeIs(2));
}

TEST_F(Evaluate, OtherDataAreNamedByTheFileThatWasRead) {
  write_ratings("old.csv", 5);
  write_ratings("new.csv", 4);
  train("tiny.json", "run", {from("old.csv")});
  EXPECT_THAT(message_of(3, {"evaluate", "run", "--data", "new.csv"}),
              AllOf(HasSubstr("new.csv: not the ratings"), Not(HasSubstr("old.csv"))));
  EXPECT_THAT(message_of(3, {"predict", "run", "--user", "3", "--data", "new.csv"}),
              HasSubstr("new.csv: not the ratings"));
}

TEST_F(Evaluate, AMissingFileIsToldByItsOption) {
  write_ratings("old.csv", 5);
  train("tiny.json", "run", {from("old.csv")});
  train("table.json", "table");
  fs::rename(folder_ / "old.csv", folder_ / "moved.csv");
  fs::create_directory(folder_ / "empty");
  for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
           {"evaluate", "run"},
           {"predict", "run", "--user", "3"},
           {"evaluate", "run", "--data", "none.csv"},
           {"evaluate", "table", "--data", "none.csv"},
           {"predict", "table", "--rows", "table.csv", "--data", "none.csv"},
           {"encode", "table", "--input", "table.csv", "--output", "x.npy", "--data", "none.csv"},
           {"evaluate", "run", "--data", "empty"}}) {
    EXPECT_THAT(message_of(3, command),
                AllOf(HasSubstr("et --data to"), Not(HasSubstr("data.path"))));
  }
  EXPECT_THAT(message_of(3, {"predict", "run", "--pairs", "none.csv"}),
              HasSubstr("--pairs none.csv: there is no such file"));
  EXPECT_THAT(message_of(3, {"predict", "table", "--rows", "none.csv"}),
              HasSubstr("--rows none.csv: there is no such file"));
  EXPECT_THAT(message_of(3, {"encode", "table", "--input", "none.csv", "--output", "x.npy"}),
              HasSubstr("--input none.csv: there is no such file"));
}

TEST_F(Evaluate, DataOfAGeneratedSetAreAnError) {
  train("tiny.json", "run");
  EXPECT_THAT(message_of(2, {"evaluate", "run", "--data", "none.csv"}),
              AllOf(HasSubstr("--data none.csv"), HasSubstr("generated")));
}

}  // namespace
}  // namespace lacuna::experiments
