#include <cstdlib>

#include "tests/experiments/program_test.hpp"
#include "tests/experiments/test_scores.hpp"

namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Train : public ProgramTest {};

Json parsed(const std::string& text) {
  return config::parse_json(text, "output");
}

TEST_F(Train, PrintsATableOfBaselinesAndVariants) {
  const std::string out = output_of({"train", "comparison.json", "output.dir=run"});
  std::vector<std::string> first_words;
  for (const std::string& line : lines_of(out.substr(0, out.find("\n\n")))) {
    if (line.find("0.") != line.npos || line.find("1.") != line.npos) {
      first_words.push_back(line.substr(0, line.find("  ")));
    }
  }
  EXPECT_THAT(first_words, ElementsAre("global mean", "user + item bias", "noise floor", "with SN",
                                       "without SN"));
  EXPECT_THAT(out, AllOf(HasSubstr("test RMSE, all pairs"), HasSubstr("warm pairs"),
                         HasSubstr("results: run\n")));
}

TEST_F(Train, FillsTheRunFolder) {
  output_of({"train", "comparison.json", "output.dir=run"});
  EXPECT_THAT(read_file(folder_ / "run/probe.csv"),
              ::testing::StartsWith("variant,epoch,user,item,actual,known_ratings,prediction\nwith "
                                    "SN,0,"));
  EXPECT_THAT(config::read_json(folder_ / "run/results.json").at("runs").as_array(), SizeIs(2));
  for (const char* variant : {"with_SN", "without_SN"}) {
    const fs::path run = folder_.path() / "run" / variant / "seed-0";
    for (const char* json : {"resolved.json", "environment.json", "data.json", "result.json"}) {
      EXPECT_TRUE(config::read_json(run / json).is_object()) << json;
    }
    EXPECT_THAT(lines_of(read_file(run / "users.csv")), SizeIs(61));
    EXPECT_THAT(lines_of(read_file(run / "items.csv")), SizeIs(41));
    EXPECT_TRUE(fs::exists(run / "weights.safetensors"));
  }
}

TEST_F(Train, DrawsThePictureWhereGnuplotIs) {
  const std::string out = output_of({"train", "comparison.json", "output.dir=run"});
  if (std::system("command -v gnuplot >/dev/null") != 0) {
    EXPECT_FALSE(fs::exists(folder_ / "run/probe.png"));
    GTEST_SKIP() << "no gnuplot";
  }
  EXPECT_THAT(out, HasSubstr("picture: run/probe.png"));
  EXPECT_EQ(read_file(folder_ / "run/probe.png").substr(1, 3), "PNG");
}

TEST_F(Train, TellsTheSlopesOfTheProbeAtEpochs0And1AndTheBest) {
  const std::vector<std::string> train{"train", "comparison.json", "output.dir=run",
                                       "train.epochs=8", "--json"};
  const Json probe = parsed(output_of(train)).at("probe");
  std::vector<std::int64_t> epochs;
  for (const Json& line : probe.at("slopes").as_array()) {
    epochs.push_back(line.at("epoch").as_int64());
    EXPECT_TRUE(line.at("slope").at("mean").is_number());
  }
  EXPECT_THAT(epochs, ElementsAre(0, 1, 8, 0, 1, 8));
  EXPECT_EQ(config::read_json(folder_ / "run/results.json").at("probe"), probe);
  EXPECT_THAT(output_of({"resume", "run"}), HasSubstr("slope of the prediction per ln(known"));
  EXPECT_EQ(config::read_json(folder_ / "run/results.json").at("probe"), probe)
      << "from the weights that the run has kept";
}

TEST_F(Train, WritesALineOfMetricsPerEpoch) {
  output_of({"train", "tiny.json", "output.dir=run"});
  const auto lines = lines_of(read_file(folder_ / "run/seed-0/metrics.jsonl"));
  ASSERT_THAT(lines, SizeIs(6));
  double best = 1e9;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Json line = parsed(lines[i]);
    EXPECT_EQ(line.at("epoch").as_int64(), static_cast<std::int64_t>(i) + 1);
    const double validation = line.at("validation_rmse").as_double();
    EXPECT_EQ(line.at("best").as_bool(), validation < best);
    best = std::min(best, validation);
  }
  const Json result = config::read_json(folder_ / "run/seed-0/result.json");
  EXPECT_EQ(result.at("validation_rmse").as_double(), best);
  EXPECT_EQ(result.at("epochs").as_int64(), 6);
}

TEST_F(Train, JsonIsOneDocumentAndNothingElse) {
  const ProgramResult result = lacuna({"train", "comparison.json", "output.dir=run", "--json"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.err, IsEmpty());
  const Json printed = parsed(result.out);
  EXPECT_EQ(printed.at("name").as_string(), "comparison");
  EXPECT_EQ(printed.at("folder").as_string(), "run");
  EXPECT_EQ(printed.at("runs"), config::read_json(folder_ / "run/results.json").at("runs"));
  EXPECT_GT(printed.at("baselines").at("noise floor").at("rmse").as_double(), 0);
}

TEST_F(Train, QuietPrintsResultsOnly) {
  const ProgramResult result = lacuna({"train", "tiny.json", "output.dir=run", "-q"});
  EXPECT_THAT(result.err, IsEmpty());
  EXPECT_THAT(result.out, HasSubstr("tiny "));
}

TEST_F(Train, VerbosePrintsALinePerEpoch) {
  const ProgramResult result = lacuna({"train", "tiny.json", "output.dir=run", "-v"});
  for (int epoch = 1; epoch <= 6; ++epoch) {
    EXPECT_THAT(result.err, HasSubstr("tiny epoch " + std::to_string(epoch) + ": train "));
  }
}

TEST_F(Train, DryRunTrainsNothing) {
  const int before = folder_.entries();
  EXPECT_THAT(output_of({"train", "comparison.json", "--dry-run", "seeds=3", "--device", "cpu"}),
              AllOf(HasSubstr("2 variant(s) x 3 seed(s) on device cpu"), HasSubstr("without SN")));
  EXPECT_EQ(folder_.entries(), before);
}

TEST_F(Train, NamesTheRunAfterTheExperimentAndTheTime) {
  output_of({"train", "tiny.json"});
  output_of({"train", "tiny.json", "name=mine", "output.root=other"});
  const auto only = [](const fs::path& folder) {
    return fs::directory_iterator(folder)->path().filename().string();
  };
  EXPECT_THAT(only(folder_ / "runs"), ::testing::StartsWith("tiny-20"));
  EXPECT_THAT(only(folder_ / "other"), ::testing::StartsWith("mine-20"));
}

TEST_F(Train, NeverWritesIntoAFolderThatHoldsSomething) {
  output_of({"train", "tiny.json", "output.dir=run"});
  const std::string before = read_file(folder_ / "run/results.json");
  EXPECT_THAT(message_of(2, {"train", "tiny.json", "output.dir=run", "seed=9"}),
              AllOf(HasSubstr("output.dir"), HasSubstr("not empty")));
  EXPECT_EQ(read_file(folder_ / "run/results.json"), before);
}

TEST_F(Train, EvaluateFindsExactlyTheSameErrors) {
  const Json trained =
      parsed(output_of({"train", "comparison.json", "output.dir=run", "seeds=2", "--json"}));
  const Json whole = parsed(output_of({"evaluate", "run", "--json"}));
  EXPECT_THAT(test_scores(whole), ::testing::UnorderedElementsAreArray(test_scores(trained)));
  EXPECT_EQ(whole.at("baselines"), trained.at("baselines"));

  const Json one = parsed(output_of({"evaluate", "run/with_SN/seed-1", "--json"}));
  EXPECT_THAT(test_scores(one), ElementsAre(test_scores(trained)[1]));
  EXPECT_THAT(output_of({"evaluate", "run"}), AllOf(HasSubstr("without SN"), HasSubstr(" +- ")));
}

TEST_F(Train, ResolvedJsonTrainsToTheSameBits) {
  output_of({"train", "comparison.json", "output.dir=run", "seeds=[4]", "model.hidden_units=7"});
  const fs::path first = folder_ / "run/without_SN/seed-4";
  output_of({"train", (first / "resolved.json").string(), "output.dir=again"});
  const fs::path again = folder_ / "again/seed-4";
  const std::string weights = read_file(first / "weights.safetensors");
  EXPECT_GT(weights.size(), 7u * 40 * 2 * sizeof(float));
  EXPECT_EQ(read_file(again / "weights.safetensors"), weights);
  EXPECT_EQ(config::read_json(again / "result.json").at("test"),
            config::read_json(first / "result.json").at("test"));
}

TEST_F(Train, TakesAUsersOwnCsv) {
  std::string csv = "stars;who;what\n";
  for (int i = 0; i < 400; ++i) {
    csv += std::to_string(1 + (i * 7) % 5) + ".5;" + std::to_string(1000 + i % 20) + ";" +
           std::to_string(18000000000000000000u + static_cast<unsigned>(i / 20)) + "\n";
  }
  write_file(folder_ / "mine.csv", csv);
  const std::string data =
      R"(data={"type": "csv", "path": "mine.csv", "delimiter": ";", "user_column": "who",
               "item_column": "what", "rating_column": "stars"})";
  const std::string out = output_of({"train", "tiny.json", data, "output.dir=run"});
  EXPECT_THAT(out, ::testing::Not(HasSubstr("noise floor")));
  EXPECT_THAT(read_file(folder_ / "run/seed-0/items.csv"), HasSubstr("18000000000000000019"));
  const Json described = config::read_json(folder_ / "run/seed-0/data.json");
  EXPECT_EQ(described.at("rows").as_int64(), 20);
  EXPECT_EQ(fs::path(described.at("source").as_string()),
            fs::canonical(folder_.path() / "mine.csv"));
}

}  // namespace
}  // namespace lacuna::experiments
