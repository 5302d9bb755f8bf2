#include "tests/experiments/table_experiment.hpp"

namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

class StartingWeights : public TableTest {
 protected:
  Json result_of(const std::string& launch) const {
    return config::read_json(folder_ / launch / "seed-0/result.json");
  }
};

class EveryModel : public StartingWeights, public ::testing::WithParamInterface<const char*> {};
INSTANTIATE_TEST_SUITE_P(StartingWeights, EveryModel, tiny_experiments, kind_of_rows);

TEST_P(EveryModel, NoEpochsFromAFileGiveItsPredictions) {
  output_of({"train", GetParam(), "output.dir=first", "-q"});
  const std::string file = "model.weights=first/seed-0/weights.safetensors";
  for (const std::string& start : {file, std::string("model.weights=first")}) {
    output_of({"train", GetParam(), "output.dir=again", "train.epochs=0", "seed=9", start, "-q"});
    const fs::path run = folder_ / "again/seed-9";
    EXPECT_EQ(config::read_json(run / "result.json").at("test"), result_of("first").at("test"));
    const Json resolved = config::read_json(run / "resolved.json");
    const std::string& named = resolved.at("model").at("weights").as_string();
    EXPECT_TRUE(fs::path(named).is_absolute());
    const Json environment = config::read_json(run / "environment.json");
    EXPECT_EQ(environment.at("initial_weights").at("file").as_string(), named);
    EXPECT_EQ(environment.at("initial_weights").at("xxh3_128").as_string().size(), 32u);
    fs::remove_all(folder_ / "again");
  }
}

TEST_P(EveryModel, TrainingGoesOnFromThere) {
  output_of({"train", GetParam(), "output.dir=first", "-q"});
  output_of({"train", GetParam(), "output.dir=more", "model.weights=first", "-q"});
  const auto first_loss = [&](const char* launch) {
    const std::string lines = read_file(folder_ / launch / "seed-0/metrics.jsonl");
    return config::parse_json(lines_of(lines).at(0), "line").at("loss").as_double();
  };
  EXPECT_LT(first_loss("more"), first_loss("first"));
}

TEST_F(StartingWeights, WhatDiffersIsListed) {
  output_of({"train", "tiny.json", "output.dir=first", "-q"});
  const std::vector<std::string> wider{
      "train", "tiny.json", "output.dir=a", "model.weights=first", "model.hidden_units=7", "-q"};
  EXPECT_THAT(message_of(5, wider),
              AllOf(HasSubstr("first/seed-0/weights.safetensors: does not fit the model: tensor "
                              "'encoder.weight' is F32 [40, 5], F32 [40, 7] in the model"),
                    HasSubstr("tensor 'encoder.bias' is F32 [5], F32 [7] in the model")));
  EXPECT_THAT(message_of(5, {"train", "table.json", "output.dir=b", "model.weights=first", "-q"}),
              AllOf(HasSubstr("tensor 'layer1.weight'"), HasSubstr("is missing"),
                    HasSubstr("the model has no tensor 'encoder.weight'")));
}

TEST_F(StartingWeights, AMissingFileIsSaidBeforeAnythingIsWritten) {
  const int before = folder_.entries();
  EXPECT_THAT(message_of(5, {"train", "tiny.json", "output.dir=a", "model.weights=none", "-q"}),
              AllOf(HasSubstr("none: model.weights: no such file"), HasSubstr("run's folder")));
  EXPECT_EQ(folder_.entries(), before);
}

TEST_F(StartingWeights, AFolderOfSeveralRunsDoesNotSayWhich) {
  output_of({"train", "comparison.json", "output.dir=two", "-q"});
  EXPECT_THAT(message_of(5, {"train", "tiny.json", "output.dir=a", "model.weights=two", "-q"}),
              HasSubstr("holds 2 runs; name the folder of one"));
}

TEST_F(StartingWeights, ResumeDoesNotNeedTheFile) {
  output_of({"train", "tiny.json", "output.dir=first", "-q"});
  const std::vector<std::string> train{"train", "tiny.json", "model.weights=first", "-q"};
  const auto from_first = [&](const char* folder, const char* epochs) {
    std::vector<std::string> all = train;
    all.insert(all.end(), {std::string("output.dir=") + folder, epochs});
    output_of(all);
  };
  const auto weights = [&](const char* launch) {
    return read_file(folder_ / launch / "seed-0/weights.safetensors");
  };
  from_first("whole", "train.epochs=8");
  from_first("part", "train.epochs=4");
  from_first("begun", "train.epochs=4");
  fs::remove_all(folder_ / "first");
  fs::remove_all(folder_ / "begun/seed-0/checkpoints");  // as if killed before there was one
  output_of({"resume", "part", "train.epochs=8", "-q"});
  output_of({"resume", "begun", "train.epochs=8", "-q"});
  EXPECT_EQ(weights("part"), weights("whole"));
  EXPECT_EQ(weights("begun"), weights("whole"));
}

}  // namespace
}  // namespace lacuna::experiments
