#include "kernels/dense/reduce.hpp"

#include <gtest/gtest.h>

#include "runtime/memory/array.hpp"
#include "tests/support/context.hpp"

namespace lacuna {
namespace {

// A grid's y ends at 65535: more tiles than that, none of them packs. The emulated device would
// take long; tests/kernels/emulation/row_tiles_test.cpp has what is to be seen there.
TEST(CudaReduce, SumsMoreColumnsThanOneAxisOfAGridHasTiles) {
  LACUNA_NEED_DEVICE(Device::cuda);
  DeviceContext context(Device::cuda, 1);
  constexpr std::int64_t cols = 65536 * 32 + 1;
  std::vector<float> x(cols, 1.0f);
  x.front() = 2;
  x.back() = 3;
  const auto matrix = Array<float>::copy_of(context.pool(), x);
  const auto sum = Array<float>::zeros(context.pool(), cols);
  column_sum<float>(context.exec(), {.x = {matrix.data(), 1, cols}, .sum = sum.data()});
  EXPECT_EQ(sum.to_host(), x);
}

}  // namespace
}  // namespace lacuna
