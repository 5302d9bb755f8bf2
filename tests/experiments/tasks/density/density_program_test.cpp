#include "tests/experiments/program_test.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

/// Rows whose second half is their first.
class DensityProgram : public ProgramTest {
 protected:
  DensityProgram() {
    std::string text;
    for (int r = 0; r < 64; ++r) {
      for (int c = 0; c < 6; ++c) text += field(r >> (c % 3) & 1, c == 5);
    }
    for (const char* part : {"train", "valid", "test"}) {
      write_file(folder_ / ("binarized_mnist_" + std::string(part) + ".amat"), text);
    }
    write_file(folder_ / "density.json", R"({
      "data": { "type": "amat", "path": ".", "shape": [2, 3] },
      "model": { "type": "rbm", "hidden_units": 4 },
      "train": { "epochs": 2, "batch_size": 16 },
      "evaluate": { "type": "density" } })");
  }

  static std::string field(int digit, bool last) {
    return std::to_string(digit) + (last ? "\n" : " ");
  }
};

TEST_F(DensityProgram, DescribesWhatTheDataHold) {
  EXPECT_THAT(output_of({"data", "density.json"}),
              AllOf(HasSubstr("6 columns, 64 training, 64 validation, 64 test rows"),
                    HasSubstr("50.00 %"), HasSubstr("non-zeros of a training row: mean 3")));
}

TEST_F(DensityProgram, AnRbmIsRefusedAndSaysWhy) {
  EXPECT_THAT(message_of(2, {"train", "density.json"}),
              AllOf(HasSubstr("pseudo-likelihood"), HasSubstr("representation")));
  EXPECT_THAT(output_of({"train", "density.json", "evaluate.type=representation"}),
              HasSubstr("reconstruction"));
}

TEST_F(DensityProgram, SeedsCannotVaryASplitThatComesWithTheData) {
  EXPECT_THAT(message_of(2, {"train", "density.json", "seeds_vary=both"}),
              HasSubstr("seeds_vary: the data come with their split"));
}

TEST_F(DensityProgram, DamagedTextEndsWith3AndNamesThePlace) {
  write_file(folder_ / "binarized_mnist_valid.amat", "0 1 0 1 0 1\n0 1 0 1 7 1\n");
  EXPECT_THAT(message_of(3, {"train", "density.json"}),
              HasSubstr("binarized_mnist_valid.amat:2: column 5: '7' is neither 0 nor 1"));
}

}  // namespace
}  // namespace lacuna::experiments
