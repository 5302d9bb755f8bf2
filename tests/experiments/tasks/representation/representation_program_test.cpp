#include <array>
#include <cmath>

#include "runtime/data/images/npy_file.hpp"
#include "runtime/data/text_source.hpp"
#include "tests/experiments/report/report_command.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t rows = 150;
constexpr std::int64_t side = 6;

/// Three kinds of bars in images of 6 x 6, with noise.
class RepresentationProgram : public ReportCommand {
 protected:
  RepresentationProgram() {
    std::vector<float> images;
    std::vector<float> classes;
    for (std::int64_t r = 0; r < rows; ++r) {
      classes.push_back(static_cast<float>(r % 3));
      for (std::int64_t p = 0; p < side * side; ++p) {
        const std::int64_t place = r % 3 == 0   ? p / side
                                   : r % 3 == 1 ? p % side
                                                : (p / side + p) % side;
        const double noise = 0.3 * std::abs(std::sin(static_cast<double>(r * 977 + p * 131)));
        images.push_back(static_cast<float>(place == r % 5 ? 1 - noise : noise));
      }
    }
    write_array("x.npy", std::array<std::int64_t, 3>{rows, side, side}, images);
    write_array("y.npy", std::array<std::int64_t, 1>{rows}, classes);
    for (const auto& [name, model] : models) write_file(folder_ / name, experiment(model));
  }

  void write_array(const char* name, std::span<const std::int64_t> shape,
                   const std::vector<float>& values) const {
    write_file(folder_ / name, data::npy_bytes(shape, values));
  }

  static std::string experiment(const char* model) {
    return std::string(R"({ "data": { "type": "npy", "path": "x.npy", "labels": "y.npy" },
      "model": )") +
           model + R"(,
      "train": { "epochs": 12, "batch_size": 16, "patience": 0,
                 "optimizer": { "type": "sgd", "learning_rate": 0.02, "momentum": 0.5 } },
      "evaluate": { "type": "representation" } })";
  }

  Json json_of(std::vector<std::string> arguments) const {
    return config::parse_json(output_of(arguments), "output");
  }
  Json result_of(const std::string& run) const {
    return config::read_json(folder_ / run / "seed-0/result.json");
  }
  data::NpyArray array_of(const std::string& name) const {
    return data::read_npy((folder_ / name).string(), data::default_max_bytes);
  }

  static constexpr std::array<std::pair<const char*, const char*>, 3> models{
      {{"tied.json", R"({ "type": "autoencoder", "hidden_units": 20, "decoder": "sigmoid",
        "penalties": [{ "type": "l1", "weight": 0.01 }] })"},
       {"rbm.json", R"({ "type": "rbm", "hidden_units": 20, "sample_steps": 5 })"},
       {"mlp.json", R"({ "type": "mlp", "layers": [{ "units": 20 }] })"}}};
};

TEST_F(RepresentationProgram, ATiedAutoencoderIsJudgedByProbeReconstructionAndSparsity) {
  EXPECT_THAT(output_of({"train", "tied.json", "output.dir=run"}),
              AllOf(HasSubstr("probe error"), HasSubstr("reconstruction"), HasSubstr("Hoyer"),
                    HasSubstr("training mean"), HasSubstr("probe of the inputs")));
  const Json test = result_of("run").at("test");
  EXPECT_LT(test.at("probe_error_rate").as_double(), 0.4);
  EXPECT_LT(test.at("reconstruction_rmse").as_double(), 0.3);
  EXPECT_GT(test.at("active").as_double(), 0.05);
  EXPECT_TRUE(test.at("pseudo_nll").is_null());
  const auto lines = lines_of(read_file(folder_ / "run/seed-0/metrics.jsonl"));
  ASSERT_EQ(lines.size(), 12U);
  const Json last = config::parse_json(lines.back(), "metrics");
  EXPECT_EQ(last.at("weights").at("code_l1").as_double(), 0.01);
  EXPECT_GT(last.at("code_l1").as_double(), 0);
  EXPECT_NEAR(last.at("train_rmse").as_double(), std::sqrt(last.at("reconstruction").as_double()),
              1e-9);
  EXPECT_EQ(json_of({"evaluate", "run", "--json"}).at("runs").as_array().at(0).at("test"), test);
}

TEST_F(RepresentationProgram, AnRbmIsChosenByItsPseudoLikelihood) {
  train("rbm.json", "run");
  const Json result = result_of("run");
  EXPECT_GT(result.at("validation_pseudo_nll").as_double(), 0);
  EXPECT_GT(result.at("test").at("pseudo_nll").as_double(), 0);
  EXPECT_EQ(array_of("run/seed-0/samples.npy").shape.at(1), side);
}

TEST_F(RepresentationProgram, TheProbeCanChooseEveryFewEpochs) {
  train("tied.json", "run", {"evaluate.probe_every=5"});
  const Json result = result_of("run");
  EXPECT_EQ(result.at("best_epoch").as_int64() % 5, 0);
  const auto lines = lines_of(read_file(folder_ / "run/seed-0/metrics.jsonl"));
  EXPECT_TRUE(config::parse_json(lines[3], "metrics").at("validation_error_rate").is_null());
  const double fifth =
      config::parse_json(lines[4], "metrics").at("validation_error_rate").as_double();
  EXPECT_GE(fifth, result.at("validation_error_rate").as_double());
  EXPECT_THAT(message_of(2, {"train", "tied.json", "data.labels=", "evaluate.probe_every=5"}),
              HasSubstr("the rows have no classes"));
}

TEST_F(RepresentationProgram, WithoutEpochsTheInitialWeightsAreJudgedAndSaved) {
  train("tied.json", "run", {"train.epochs=0"});
  const Json result = result_of("run");
  EXPECT_EQ(result.at("epochs").as_int64(), 0);
  EXPECT_GT(result.at("validation_rmse").as_double(), 0);
  EXPECT_GT(result.at("test").at("reconstruction_rmse").as_double(), 0);
  train("tied.json", "trained");
  EXPECT_LT(result_of("trained").at("test").at("reconstruction_rmse").as_double(),
            result.at("test").at("reconstruction_rmse").as_double());
  EXPECT_TRUE(std::filesystem::exists(folder_ / "run/seed-0/weights.safetensors"));
  EXPECT_THAT(output_of({"report", "run"}), HasSubstr("report.html"));
}

TEST_F(RepresentationProgram, EncodeWritesCodesThatPredictCounts) {
  train("tied.json", "run");
  EXPECT_THAT(output_of({"encode", "run", "--input", "x.npy", "--output", "codes.npy"}),
              HasSubstr("150 rows x 20 codes"));
  const data::NpyArray codes = array_of("codes.npy");
  EXPECT_THAT(codes.shape, ::testing::ElementsAre(rows, 20));
  const Json said = json_of({"predict", "run", "--rows", "x.npy", "--json"});
  const auto& values = std::get<std::vector<float>>(codes.values);
  const auto active =
      std::ranges::count_if(std::span(values).first(20), [](float h) { return h > 0; });
  EXPECT_EQ(said.at("predictions").as_array().at(0).at("active_units").as_int64(), active);
  output_of(
      {"encode", "run", "--input", "x.npy", "--output", "again.npy", "--what", "reconstructions"});
  EXPECT_THAT(array_of("again.npy").shape, ::testing::ElementsAre(rows, side * side));
  EXPECT_THAT(message_of(2, {"encode", "run", "--input", "x.npy", "--output", "s.npy", "--what",
                             "samples"}),
              HasSubstr("the model has no samples"));
  EXPECT_THAT(message_of(3, {"encode", "run", "--input", "y.npy", "--output", "s.npy"}),
              HasSubstr("y.npy: an array of 1 extents"));
}

TEST_F(RepresentationProgram, ReportsShowFiltersReconstructionsAndSamples) {
  if (!gnuplot_is_there()) GTEST_SKIP() << "no gnuplot";
  train("rbm.json", "run");
  const std::string html = report_of({"run"});
  EXPECT_THAT(html, HasSubstr("Codes"));
  EXPECT_THAT(html, AllOf(HasSubstr("filters"), HasSubstr("reconstructions"), HasSubstr("samples"),
                          HasSubstr("activation rates"), HasSubstr("units by epoch")));
  EXPECT_EQ(count(html, "data:image/png;base64"), 3U);
}

TEST_F(RepresentationProgram, DamagedFilesEndWith3AndNameThePlace) {
  const std::string whole = read_file(folder_ / "x.npy");
  write_file(folder_ / "x.npy", whole.substr(0, whole.size() - 5));
  EXPECT_THAT(message_of(3, {"train", "tied.json"}),
              AllOf(HasSubstr("x.npy"), HasSubstr("byte 128")));
  write_file(folder_ / "train-images-idx3-ubyte", std::string("\0\0\x08\x03\0\0", 6));
  write_file(folder_ / "idx.json", R"({ "data": { "type": "idx", "path": "." },
    "model": { "type": "rbm" }, "evaluate": { "type": "representation" } })");
  EXPECT_THAT(message_of(3, {"train", "idx.json"}),
              AllOf(HasSubstr("train-images-idx3-ubyte"), HasSubstr("byte 6: ends within")));
}

TEST_F(RepresentationProgram, LabelsAreFoundAgainFromAnotherFolderAndBesideMovedRows) {
  train("tied.json", "run");
  std::filesystem::create_directories(folder_ / "moved");
  for (const char* name : {"x.npy", "y.npy"}) {
    std::filesystem::rename(folder_ / name, folder_ / "moved" / name);
  }
  EXPECT_THAT(message_of(3, {"evaluate", "run"}), HasSubstr("x.npy"));
  const Json again = json_of({"evaluate", "run", "--data", "moved/x.npy", "--json"});
  EXPECT_EQ(again.at("runs").as_array().at(0).at("test"), result_of("run").at("test"));
}

TEST_F(RepresentationProgram, DescribesWhatTheDataHold) {
  EXPECT_THAT(output_of({"data", "tied.json", "--output", "described"}),
              AllOf(HasSubstr("96 training, 24 validation, 30 test rows"), HasSubstr("50 %")));
  const auto lines = lines_of(read_file(folder_ / "described/non_zeros.csv"));
  EXPECT_EQ(lines.front(), "non_zeros,rows");
  EXPECT_THAT(output_of({"data", "tiny.json"}), HasSubstr("non-zeros of a training row: mean"));
}

TEST_F(RepresentationProgram, ModelsAndTasksThatDoNotFitEndWithAMessage) {
  train("mlp.json", "run");
  EXPECT_GT(result_of("run").at("validation_objective").as_double(), 0) << "it has no decoder";
  EXPECT_TRUE(result_of("run").at("test").at("reconstruction_rmse").is_null());
  EXPECT_THAT(output_of({"predict", "run", "--rows", "x.npy"}), HasSubstr("active units"));
  EXPECT_THAT(message_of(2, {"train", "mlp.json", "data.labels="}), HasSubstr("rows have neither"));
  EXPECT_THAT(message_of(2, {"train", "tied.json", "evaluate.probe_every=13"}),
              HasSubstr("the probe would never choose"));
  EXPECT_THAT(message_of(2, {"train", "tied.json", "evaluate.type=classification"}),
              HasSubstr("the model has no predictions"));
  EXPECT_THAT(message_of(3, {"train", "mlp.json", "evaluate.type=classification", "data.labels="}),
              HasSubstr("set data.labels"));
}

}  // namespace
}  // namespace lacuna::experiments
