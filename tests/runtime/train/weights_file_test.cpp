#include "runtime/train/weights_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "runtime/error.hpp"
#include "tests/support/context.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class WeightsFile : public ::testing::Test {
 protected:
  NamedTensor tensor(std::string name, Shape shape, DType dtype = DType::f32) {
    return {std::move(name), Tensor::zeros(context_.pool(), dtype, std::move(shape))};
  }

  std::string load_error(const std::vector<NamedTensor>& tensors) const {
    return testing::message_of<IoError>([&] { load_weights(path_, tensors); });
  }

  DeviceContext context_ = testing::cpu_context();
  testing::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "weights.safetensors";
};

TEST_F(WeightsFile, GivesBackTheSameBits) {
  const NamedTensor weight = tensor("w", {3, 4});
  const NamedTensor bias = tensor("b", {2}, DType::f64);
  const auto values = weight.tensor.span<float>();
  std::iota(values.begin(), values.end(), 0.1f);
  bias.tensor.span<double>()[1] = 1e-300;
  save_weights(path_, std::vector{weight, bias});

  const NamedTensor weight_again = tensor("w", {3, 4});
  const NamedTensor bias_again = tensor("b", {2}, DType::f64);
  load_weights(path_, std::vector{bias_again, weight_again});
  EXPECT_TRUE(std::ranges::equal(weight_again.tensor.bytes(), weight.tensor.bytes()));
  EXPECT_TRUE(std::ranges::equal(bias_again.tensor.bytes(), bias.tensor.bytes()));
}

TEST_F(WeightsFile, RefusesAnotherModelsWeights) {
  const NamedTensor weight = tensor("w", {3, 4});
  save_weights(path_, std::vector{weight});
  EXPECT_THAT(load_error({tensor("other", {3, 4})}), HasSubstr("tensor 'other'"));
  EXPECT_THAT(load_error({tensor("w", {4, 3})}), HasSubstr("tensor 'w'"));
  EXPECT_THAT(load_error({tensor("w", {3, 4}, DType::f64)}), HasSubstr("tensor 'w'"));
  EXPECT_THAT(load_error({tensor("w", {3, 4}), tensor("b", {4})}),
              HasSubstr("tensor 'b', F32 [4] in the model, is missing"));
  EXPECT_THAT(
      load_error({tensor("w", {4, 3}), tensor("b", {4})}),
      HasSubstr("does not fit the model: tensor 'w' is F32 [3, 4], F32 [4, 3] in the model; "
                "tensor 'b'"));
  EXPECT_THAT(load_error({tensor("b", {4})}), HasSubstr("; the model has no tensor 'w'"));
}

TEST_F(WeightsFile, AFlippedBitIsFoundAndItsTensorNamed) {
  const NamedTensor weight = tensor("w", {3, 4});
  const NamedTensor bias = tensor("b", {2});
  save_weights(path_, std::vector{weight, bias});
  const std::string whole = testing::read_file(path_);
  const auto error_of_flip = [&](std::size_t byte) {
    std::string flipped = whole;
    flipped[byte] = static_cast<char>(flipped[byte] ^ 1);
    testing::write_file(path_, flipped);
    return load_error({tensor("w", {3, 4}), tensor("b", {2})});
  };
  const std::size_t data = whole.size() - 14 * sizeof(float);  // "b", then "w"
  EXPECT_THAT(error_of_flip(data), AllOf(HasSubstr(path_.string()), HasSubstr("tensor 'b'")));
  EXPECT_THAT(error_of_flip(whole.size() - 1), HasSubstr("tensor 'w' is damaged"));
  // A checksum under another name leaves its tensor without one.
  EXPECT_THAT(error_of_flip(whole.find("xxh3_128.w")), HasSubstr("tensor 'w' is damaged"));
}

TEST_F(WeightsFile, OnTheCpuTensorsAreWrittenFromWhereTheyLie) {
  const NamedTensor weight = tensor("w", {2});
  const std::vector named{weight};
  const HostTensors host(named);
  EXPECT_EQ(host.entries().at(0).bytes.data(), weight.tensor.bytes().data());
}

TEST_F(WeightsFile, AnotherProgramsFileNeedsNoChecksums) {
  const NamedTensor weight = tensor("w", {2});
  weight.tensor.span<float>()[1] = 0.5f;
  io::write_safetensors(path_, HostTensors(std::vector{weight}).entries(), {{"format", "pt"}});
  const NamedTensor again = tensor("w", {2});
  load_weights(path_, std::vector{again});
  EXPECT_EQ(again.tensor.span<float>()[1], 0.5f);
}

}  // namespace
}  // namespace lacuna
