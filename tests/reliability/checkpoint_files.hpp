#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "runtime/checkpoint/checkpoint_folder.hpp"
#include "tests/support/context.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::testing {

/// Checkpoints of two small tensors, in a folder of the test's own.
class CheckpointFiles : public ::testing::Test {
 protected:
  CheckpointFiles() {
    const std::array<float, 6> weights{1, -2, 3.5F, 0, 1e-30F, 7};
    weight_.tensor.assign(std::as_bytes(std::span(weights)));
  }

  Checkpoint content(std::int64_t step = 1) const {
    return {.state = config::Json::object({{"step", step}, {"rate", 0.1}}),
            .files = {{"weights", {weight_, bias_}}}};
  }

  CheckpointFolder checkpoints(int keep = 2) {
    return {folder_ / "checkpoints", keep,
            [this](const std::string& text) { remarks_.push_back(text); }};
  }

  /// Loads the weights anew; true where they have the same bits.
  bool loads(const StoredCheckpoint& stored) const {
    const NamedTensor weight{"w", Tensor::zeros(context_.pool(), DType::f32, {2, 3})};
    const NamedTensor bias{"b", Tensor::zeros(context_.pool(), DType::f32, {2})};
    stored.load("weights", std::array{weight, bias});
    return std::ranges::equal(weight.tensor.to_host(), weight_.tensor.to_host());
  }

  mutable DeviceContext context_ = cpu_context();
  NamedTensor weight_{"w", Tensor::zeros(context_.pool(), DType::f32, {2, 3})};
  NamedTensor bias_{"b", Tensor::zeros(context_.pool(), DType::f32, {2})};
  TemporaryFolder folder_;
  std::vector<std::string> remarks_;
};

}  // namespace lacuna::testing
