#include "kernels/dense/reduce.hpp"

#include <gtest/gtest.h>

#include "runtime/memory/array.hpp"
#include "tests/support/context.hpp"

namespace lacuna {
namespace {

class Reduce : public ::testing::TestWithParam<Device> {};

// A grid's y ends at 65535: more tiles than that, none of them packs.
TEST_P(Reduce, SumsMoreColumnsThanOneAxisOfAGridHasTiles) {
  LACUNA_NEED_DEVICE(GetParam());
  DeviceContext context(GetParam(), 1);
  constexpr std::int64_t cols = 65536 * 32 + 1;
  std::vector<float> x(cols, 1.0f);
  x.front() = 2;
  x.back() = 3;
  const auto matrix = Array<float>::copy_of(context.pool(), x);
  const auto sum = Array<float>::zeros(context.pool(), cols);
  column_sum<float>(context.exec(), {.x = {matrix.data(), 1, cols}, .sum = sum.data()});
  EXPECT_EQ(sum.to_host(), x);
}

INSTANTIATE_TEST_SUITE_P(Devices, Reduce, ::testing::ValuesIn(testing::accelerators),
                         [](const auto& d) { return std::string(device_name(d.param)); });

}  // namespace
}  // namespace lacuna
