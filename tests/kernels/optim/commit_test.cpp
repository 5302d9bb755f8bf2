#include "kernels/optim/commit.hpp"

#include <gtest/gtest.h>

#include <array>
#include <stdexcept>

#include "tests/support/context.hpp"

namespace lacuna {
namespace {

TEST(Commit, RefusesOtherSizes) {
  DeviceContext context = testing::cpu_context();
  std::array<float, 3> data{};
  const Clock clock;
  const Commit<float> op{.from = data, .to = std::span(data).first(2), .clock = &clock};
  EXPECT_THROW(commit(context.exec(), op), std::invalid_argument);
}

}  // namespace
}  // namespace lacuna
