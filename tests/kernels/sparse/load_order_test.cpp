#include <gtest/gtest.h>

#include "kernels/sparse/sparsity_normalize.hpp"
#include "runtime/memory/array.hpp"
#include "tests/support/context.hpp"

namespace lacuna {
namespace {

class LoadOrder : public ::testing::TestWithParam<Device> {};

// What a thread needs is on its way before its first store: told by a result that lies over a scale
// which only the thread that overwrites it reads. Row 0 and row 256 are one thread's.
TEST_P(LoadOrder, ScalesAreReadBeforeTheFirstStore) {
  LACUNA_NEED_DEVICE(GetParam());
  DeviceContext context(GetParam(), 1);
  constexpr std::int64_t rows = 257;
  constexpr std::int64_t cols = 4;
  std::vector<float> scales;
  for (std::int64_t r = 0; r < rows; ++r) scales.push_back(static_cast<float>(r + 1));
  const auto memory = Array<float>::zeros(context.pool(), rows - 1 + rows * cols);
  memory.assign(scales);
  const std::vector<float> ones(rows * cols, 1.0f);
  const auto dy = Array<float>::copy_of(context.pool(), ones);
  sparsity_normalize_backward<float>(context.exec(),
                                     {.dy = {dy.data(), rows, cols},
                                      .mask = {},
                                      .scale = memory.data(),
                                      .dx = {memory.data() + rows - 1, rows, cols}});
  const std::vector<float> after = memory.to_host();
  for (std::int64_t r = 0; r < rows; ++r) {
    const auto first = static_cast<std::size_t>(rows - 1 + r * cols);
    ASSERT_EQ(after[first], scales[static_cast<std::size_t>(r)]) << "row " << r;
  }
}

INSTANTIATE_TEST_SUITE_P(Devices, LoadOrder, ::testing::ValuesIn(testing::accelerators),
                         [](const auto& d) { return std::string(device_name(d.param)); });

}  // namespace
}  // namespace lacuna
