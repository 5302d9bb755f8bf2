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
  template <class T = float>
  Parameter parameter(const std::string& name, Shape shape) {
    return make_parameter<T>(context_, name, ParameterKind::weight, std::move(shape));
  }

  std::string load_error(std::vector<Parameter> parameters) {
    std::vector<Parameter*> pointers;
    for (Parameter& each : parameters) pointers.push_back(&each);
    return testing::message_of<IoError>([&] { load_weights(path_, pointers); });
  }

  DeviceContext context_ = testing::cpu_context();
  testing::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "weights.safetensors";
};

TEST_F(WeightsFile, GivesBackTheSameBits) {
  Parameter weight = parameter("w", {3, 4});
  Parameter bias = parameter<double>("b", {2});
  const auto values = weight.value.span<float>();
  std::iota(values.begin(), values.end(), 0.1f);
  bias.value.span<double>()[1] = 1e-300;
  save_weights(path_, {&weight, &bias});

  Parameter weight_again = parameter("w", {3, 4});
  Parameter bias_again = parameter<double>("b", {2});
  load_weights(path_, {&bias_again, &weight_again});
  EXPECT_TRUE(std::ranges::equal(weight_again.value.bytes(), weight.value.bytes()));
  EXPECT_TRUE(std::ranges::equal(bias_again.value.bytes(), bias.value.bytes()));
}

TEST_F(WeightsFile, RefusesAnotherModelsWeights) {
  Parameter weight = parameter("w", {3, 4});
  save_weights(path_, {&weight});
  EXPECT_THAT(load_error({parameter("other", {3, 4})}), HasSubstr("tensor 'other'"));
  EXPECT_THAT(load_error({parameter("w", {4, 3})}), HasSubstr("tensor 'w'"));
  EXPECT_THAT(load_error({parameter<double>("w", {3, 4})}), HasSubstr("tensor 'w'"));
  EXPECT_THAT(load_error({parameter("w", {3, 4}), parameter("b", {4})}),
              HasSubstr("1 tensors, the model has 2"));
}

TEST_F(WeightsFile, AFlippedBitIsFoundAndItsTensorNamed) {
  Parameter weight = parameter("w", {3, 4});
  Parameter bias = parameter("b", {2});
  save_weights(path_, {&weight, &bias});
  const std::string whole = testing::read_file(path_);
  const auto error_of_flip = [&](std::size_t byte) {
    std::string flipped = whole;
    flipped[byte] = static_cast<char>(flipped[byte] ^ 1);
    testing::write_file(path_, flipped);
    return load_error({parameter("w", {3, 4}), parameter("b", {2})});
  };
  const std::size_t data = whole.size() - 14 * sizeof(float);  // "b", then "w"
  EXPECT_THAT(error_of_flip(data), AllOf(HasSubstr(path_.string()), HasSubstr("tensor 'b'")));
  EXPECT_THAT(error_of_flip(whole.size() - 1), HasSubstr("tensor 'w' is damaged"));
  // A checksum under another name leaves its tensor without one.
  EXPECT_THAT(error_of_flip(whole.find("xxh3_128.w")), HasSubstr("tensor 'w' is damaged"));
}

TEST_F(WeightsFile, AnotherProgramsFileNeedsNoChecksums) {
  Parameter weight = parameter("w", {2});
  weight.value.span<float>()[1] = 0.5f;
  io::write_safetensors(path_, HostTensors(values_of({&weight})).entries(), {{"format", "pt"}});
  Parameter again = parameter("w", {2});
  load_weights(path_, {&again});
  EXPECT_EQ(again.value.span<float>()[1], 0.5f);
}

}  // namespace
}  // namespace lacuna
