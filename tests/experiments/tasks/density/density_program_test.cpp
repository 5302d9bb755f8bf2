#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "runtime/data/images/npy_file.hpp"
#include "runtime/data/text_source.hpp"
#include "tests/experiments/report/report_command.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

/// Rows whose second half is their first.
class DensityProgram : public ReportCommand {
 protected:
  DensityProgram() {
    std::string text;
    for (int r = 0; r < 64; ++r) {
      for (int c = 0; c < 6; ++c) text += field(r >> (c % 3) & 1, c == 5);
    }
    for (const char* part : {"train", "valid", "test"}) {
      write_file(folder_ / ("binarized_mnist_" + std::string(part) + ".amat"), text);
    }
    write_file(folder_ / "rbm.json", experiment(R"({ "type": "rbm", "hidden_units": 4 })"));
    write_file(folder_ / "made.json",
               experiment(R"({ "type": "made", "layers": [{ "units": 24 }] })"));
  }

  static std::string experiment(const std::string& model) {
    return R"({ "data": { "type": "amat", "path": ".", "shape": [2, 3] },
      "train": { "epochs": 60, "batch_size": 16,
                 "optimizer": { "type": "adam", "learning_rate": 0.05 } },
      "evaluate": { "type": "density" }, "model": )" +
           model + "}";
  }

  Json json_of(const std::vector<std::string>& arguments) const {
    return config::parse_json(output_of(arguments), "output");
  }
  Json result_of(const std::string& run) const {
    return config::read_json(folder_ / run / "seed-0/result.json");
  }
  std::vector<float> array_of(const std::string& name) const {
    const data::NpyArray array = data::read_npy((folder_ / name).string(), data::default_max_bytes);
    return std::get<std::vector<float>>(array.values);
  }

  static std::string field(int digit, bool last) {
    return std::to_string(digit) + (last ? "\n" : " ");
  }
};

TEST_F(DensityProgram, AMadeIsScoredByTheLikelihoodOfTestRows) {
  EXPECT_THAT(output_of({"train", "made.json", "output.dir=run"}),
              AllOf(HasSubstr("NLL, nats"), HasSubstr("bits per dim."),
                    HasSubstr("independent columns"), HasSubstr("uniform")));
  const Json result = result_of("run");
  const double nll = result.at("test").at("nll").as_double();
  EXPECT_GE(nll, 3 * std::log(2.0)) << "three cells are free, the others follow";
  EXPECT_LT(nll, 3 * std::log(2.0) + 0.2);
  EXPECT_NEAR(result.at("test").at("bits_per_dim").as_double(), nll / (6 * std::log(2.0)), 1e-9);
  EXPECT_EQ(result.at("test").at("rows").as_int64(), 64);
  EXPECT_NEAR(result.at("validation_nll").as_double(), nll, 1e-9) << "the same rows";
  EXPECT_GT(result.at("details").at("nll_std_error").as_double(), 0);
  const auto epochs = lines_of(read_file(folder_ / "run/seed-0/metrics.jsonl"));
  EXPECT_NEAR(config::parse_json(epochs.back(), "metrics").at("train_nll").as_double(), nll, 0.3)
      << "of a row, too";
  const Json again = json_of({"evaluate", "run", "--json"}).at("runs").as_array().at(0);
  EXPECT_EQ(again.at("test"), result.at("test"));
}

TEST_F(DensityProgram, ALikelihoodGivenTheCountStandsBesideTheWholeOne) {
  train("made.json", "run",
        {R"(model.input={"type": "sparsity_normalization", "count": "row"})", "model.masks=2",
         "train.epochs=4"});
  const Json result = result_of("run");
  const Json& details = result.at("details");
  EXPECT_GT(details.at("count_cost").as_double(), 0);
  EXPECT_NEAR(details.at("conditional_nll").as_double() + details.at("count_cost").as_double(),
              result.at("test").at("nll").as_double(), 1e-9);
  EXPECT_GT(details.at("averaged_logits_nll").as_double(), 0);
  EXPECT_EQ(count(config::dump(result.at("remarks")), "is not a likelihood"), 2U);
}

TEST_F(DensityProgram, PredictAndEncodeSayWhatARowIsWorth) {
  train("made.json", "run", {"train.epochs=4"});
  const std::string rows = "binarized_mnist_test.amat";
  const Json said = json_of({"predict", "run", "--rows", rows, "--json"});
  output_of(
      {"encode", "run", "--input", rows, "--output", "ln_p.npy", "--what", "log_likelihoods"});
  const std::vector<float> encoded = array_of("ln_p.npy");
  ASSERT_EQ(encoded.size(), 64U);
  EXPECT_NEAR(said.at("predictions").as_array().at(63).at("nll").as_double(),
              -static_cast<double>(encoded.back()), 1e-6);
  EXPECT_EQ(array_of("run/seed-0/log_likelihoods.npy"), encoded);
  const double mean = std::accumulate(encoded.begin(), encoded.end(), 0.0) / 64;
  EXPECT_NEAR(result_of("run").at("test").at("nll").as_double(), -mean, 1e-6);
  output_of({"predict", "run", "--rows", rows, "--output", "said.csv"});
  EXPECT_EQ(lines_of(read_file(folder_ / "said.csv")).front(), "nll");
  EXPECT_THAT(output_of({"predict", "run", "--rows", rows}), HasSubstr("NLL, nats"));
  const std::array<std::int64_t, 2> shape{1, 6};
  write_file(folder_ / "grey.npy", data::npy_bytes(shape, std::vector<float>(6, 0.5F)));
  EXPECT_THAT(message_of(3, {"predict", "run", "--rows", "grey.npy"}),
              HasSubstr("rows of 0 and 1"));
}

TEST_F(DensityProgram, ReportsShowSamples) {
  if (!gnuplot_is_there()) GTEST_SKIP() << "no gnuplot";
  train("made.json", "run", {"train.epochs=4"});
  const std::vector<float> samples = array_of("run/seed-0/samples.npy");
  EXPECT_EQ(samples.size(), 64U * 6);
  EXPECT_TRUE(std::ranges::all_of(samples, [](float x) { return x == 0 || x == 1; }));
  EXPECT_THAT(report_of({"run"}), AllOf(HasSubstr("Samples"), HasSubstr("drawn from the model")));
}

TEST_F(DensityProgram, DescribesWhatTheDataHold) {
  EXPECT_THAT(output_of({"data", "rbm.json"}),
              AllOf(HasSubstr("6 columns, 64 training, 64 validation, 64 test rows"),
                    HasSubstr("50.00 %"), HasSubstr("non-zeros of a training row: mean 3")));
}

TEST_F(DensityProgram, AnRbmIsRefusedAndSaysWhy) {
  EXPECT_THAT(message_of(2, {"train", "rbm.json"}),
              AllOf(HasSubstr("pseudo-likelihood"), HasSubstr("representation")));
  EXPECT_THAT(output_of({"train", "rbm.json", "evaluate.type=representation"}),
              HasSubstr("reconstruction"));
}

TEST_F(DensityProgram, SeedsCannotVaryASplitThatComesWithTheData) {
  EXPECT_THAT(message_of(2, {"train", "rbm.json", "seeds_vary=both"}),
              HasSubstr("seeds_vary: the data come with their split"));
}

TEST_F(DensityProgram, DamagedTextEndsWith3AndNamesThePlace) {
  write_file(folder_ / "binarized_mnist_valid.amat", "0 1 0 1 0 1\n0 1 0 1 7 1\n");
  EXPECT_THAT(message_of(3, {"train", "rbm.json"}),
              HasSubstr("binarized_mnist_valid.amat:2: column 5: '7' is neither 0 nor 1"));
}

}  // namespace
}  // namespace lacuna::experiments
