#include "runtime/train/device_row_batches.hpp"

#include <gtest/gtest.h>

#include "runtime/train/row_batches.hpp"
#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t all_rows = 45;
constexpr std::int64_t cols = 30;
constexpr std::int64_t batch_rows = 10;

/// A batch's arrays as they lie on its device, from its first entry on.
struct Contents {
  std::vector<std::int64_t> row_ptr, col_ptr;
  std::vector<std::int32_t> col, column, row, position;
  std::vector<float> value;
  bool operator==(const Contents&) const = default;
};

template <class T>
std::vector<T> fetch(DeviceContext& context, const T* from, std::int64_t count) {
  std::vector<T> values(static_cast<std::size_t>(count));
  context.runtime().copy_to_host(values.data(), from, values.size() * sizeof(T));
  return values;
}

Contents contents(DeviceContext& context, const SparseRows<float>& batch, std::int64_t rows) {
  Contents all;
  const CsrView<float>& by_row = batch.by_row;
  const CscView& by_column = batch.by_column;
  all.row_ptr = fetch(context, by_row.row_ptr, rows + 1);
  const std::int64_t first = all.row_ptr.front();
  for (std::int64_t& pointer : all.row_ptr) pointer -= first;
  const std::int64_t entries = all.row_ptr.back();
  all.col = fetch(context, by_row.col + first, entries);
  all.value = fetch(context, by_row.value + first, entries);
  const std::int64_t lists = by_column.counted == nullptr
                                 ? by_column.stored
                                 : fetch(context, by_column.counted, 1).front();
  all.column = fetch(context, by_column.column, lists);
  all.col_ptr = fetch(context, by_column.col_ptr, lists + 1);
  const std::int64_t first_listed = all.col_ptr.front();
  for (std::int64_t& pointer : all.col_ptr) pointer -= first_listed;
  all.row = fetch(context, by_column.row + first_listed, entries);
  all.position = fetch(context, by_column.position + first_listed, entries);
  return all;
}

class DeviceRowBatchesTest : public ::testing::TestWithParam<Device> {};

TEST_P(DeviceRowBatchesTest, StageWhatTheCpuDeals) {
  LACUNA_NEED_DEVICE(GetParam());
  DeviceContext cpu = testing::cpu_context();
  DeviceContext device(GetParam(), 2);
  const auto of_cpu = testing::random_csr<float>(cpu, all_rows, cols, 0.8, 3);
  const auto of_device = testing::random_csr<float>(device, all_rows, cols, 0.8, 3);
  RowBatches<float> expected(cpu, of_cpu, batch_rows, 1);
  DeviceRowBatches<float> batches(device, of_device, batch_rows, 1);
  const Array<StepInput> input(device.pool(), 1);
  ASSERT_EQ(batches.count(), 5);
  for (const int epoch : {1, 3}) {
    expected.start_epoch(epoch);
    batches.start_epoch(epoch);
    for (const std::int64_t b : {3, 4, 0}) {
      input.assign(std::array{StepInput{.batch = b}});
      batches.stage(device.exec(), input.data());
      const SparseRows<float> batch = batches.batch(b);
      const Contents got = contents(device, batch, batches.rows(b));
      EXPECT_EQ(got, contents(cpu, expected.batch(b), expected.rows(b))) << epoch << ", " << b;
      EXPECT_LT(got.column.size(), static_cast<std::size_t>(cols)) << "some columns are empty";
      const auto padded = fetch(device, batch.by_row.row_ptr, batch.by_row.rows + 1);
      EXPECT_EQ(padded.back(), got.row_ptr.back()) << "rows beyond the last are empty";
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Devices, DeviceRowBatchesTest, ::testing::ValuesIn(testing::accelerators),
                         [](const auto& device) { return std::string(device_name(device.param)); });

}  // namespace
}  // namespace lacuna
