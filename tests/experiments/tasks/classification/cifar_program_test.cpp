#include "tests/experiments/program_test.hpp"
#include "tests/runtime/data/images/cifar_records.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using namespace lacuna::testing;

constexpr const char* experiment = R"({
  "data": { "type": "cifar10", "path": "cifar" },
  "model": { "type": "mlp", "layers": [{ "units": 4 }] },
  "train": { "epochs": 2, "batch_size": 10 },
  "evaluate": { "type": "classification" }
})";

class CifarProgram : public ProgramTest {
 protected:
  CifarProgram() {
    std::filesystem::create_directory(folder_ / "cifar");
    for (int b = 0; b < 5; ++b) {
      write_file(batch("data_batch_" + std::to_string(b + 1)), cifar_batch(10 * b, 10));
    }
    write_file(batch("test_batch"), cifar_batch(50, 10));
    write_file(folder_ / "cifar.json", experiment);
  }
  std::filesystem::path batch(const std::string& name) const {
    return folder_ / ("cifar/" + name + ".bin");
  }
};

TEST_F(CifarProgram, TrainsEvaluatesAndPredicts) {
  output_of({"train", "cifar.json", "output.dir=run", "-q"});
  EXPECT_THAT(output_of({"evaluate", "run"}), HasSubstr("test accuracy"));
  EXPECT_THAT(output_of({"predict", "run", "--rows", "cifar/test_batch.bin"}),
              HasSubstr("airplane"));
}

TEST_F(CifarProgram, TheDataCommandSaysItsSizeAndWritesTheHistogramOfNonZeros) {
  EXPECT_THAT(output_of({"data", "cifar.json", "--output", "out"}),
              AllOf(HasSubstr("training      40     3072    99.61 %"), HasSubstr("     0.00 %")));
  double rows = 0;
  for (const std::string& line : lines_of(read_file(folder_ / "out/non_zeros.csv"))) {
    if (!line.starts_with("non_zeros")) rows += std::stod(line.substr(line.find(',') + 1));
  }
  EXPECT_EQ(rows, 40);
}

TEST_F(CifarProgram, BytesLoseCellsAsNumbersDo) {
  const std::string hide = R"(data.hide={"train_rate": 0.5, "test_rate": 0.9})";
  for (const std::string input : {"zero_imputation", "indicators", "sparsity_normalization"}) {
    output_of({"train", "cifar.json", "output.dir=" + input, "-q", hide,
               "model.input={\"type\": \"" + input + "\"}"});
    const Json again = config::parse_json(output_of({"evaluate", input, "--json"}), "output");
    EXPECT_EQ(again.at("runs").as_array().at(0).at("test"),
              config::read_json(folder_ / input / "seed-0/result.json").at("test"));
  }
}

TEST_F(CifarProgram, DamagedFilesEndWithThree) {
  write_file(batch("test_batch"), cifar_batch(50, 10).substr(1));
  EXPECT_THAT(
      message_of(3, {"train", "cifar.json", "-q"}),
      AllOf(HasSubstr("test_batch.bin"), HasSubstr("record 9"), HasSubstr("fetch it again")));
}

}  // namespace
}  // namespace lacuna::experiments
