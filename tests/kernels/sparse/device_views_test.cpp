#include <gtest/gtest.h>

#include <algorithm>

#include "kernels/case_data.hpp"
#include "kernels/sparse/csc_gather_gradient.hpp"
#include "kernels/sparse/csr_times_dense.hpp"
#include "kernels/sparse/observed_loss.hpp"
#include "kernels/sparse/sort_by_column.hpp"
#include "tests/support/context.hpp"

/// Views as training hands them to devices: some rows of a larger matrix, of whose entries and
/// columns the host knows only how many there may be.
namespace lacuna {
namespace {

constexpr std::int64_t all_rows = 90;
constexpr std::int64_t cols = 141;
constexpr std::int64_t units = 20;
constexpr std::int64_t begin = 17;  ///< of the rows that are viewed
constexpr std::int64_t rows = 60;
constexpr std::int64_t spare = 300;  ///< entries the host takes to be possible, but are not there
constexpr float untouched = 7;

std::vector<float> results(std::int64_t size) {
  return std::vector<float>(static_cast<std::size_t>(size), untouched);
}

/// A sparse layer, a decoder and the gradient of the decoder's weights on the viewed rows.
class ViewedRows {
 public:
  explicit ViewedRows(Device device) : context_(device, 2), memory_(context_.runtime()) {
    const CsrView<float> whole{.rows = all_rows,
                               .cols = cols,
                               .row_ptr = memory_.array(pattern->row_ptr),
                               .col = memory_.array(pattern->col),
                               .value = memory_.array(values)};
    const CsrView<float> exact =
        CsrView<float>{.row_ptr = pattern->row_ptr.data()}.slice(begin, rows);
    entries = exact.nnz;
    view_ = whole;
    view_.rows = rows;
    view_.row_ptr += begin;
    view_.first = exact.first;
    view_.nnz = entries + (device == Device::cpu ? 0 : spare);
  }

  void run() {
    MatrixView<float> hidden = memory_.matrix(y, rows, units);
    const MatrixView<const float> weight = memory_.matrix(weights, cols, units);
    float* prediction_gradient = memory_.array(errors);
    const CsrTimesDense<float> layer{.x = view_,
                                     .weight = weight,
                                     .bias = memory_.array(bias),
                                     .normalization = {3.0, CountBy::non_zeros},
                                     .activation = Activation::tanh,
                                     .y = hidden,
                                     .row_scale = memory_.array(scale)};
    const ObservedLoss<float> decoder{.hidden = hidden,
                                      .weight = weight,
                                      .bias = memory_.array(column_bias),
                                      .target = view_,
                                      .loss = memory_.array(loss),
                                      .prediction_gradient = prediction_gradient,
                                      .hidden_gradient = memory_.matrix(dy, rows, units)};
    const ObservedPrediction<float> prediction{hidden, weight, decoder.bias, view_,
                                               memory_.array(predictions)};
    const SortByColumn<float> sort{.rows = view_,
                                   .group_rows = rows,
                                   .lists = {.list_ptr = memory_.array(list_ptr),
                                             .column = memory_.array(column),
                                             .col_ptr = memory_.array(col_ptr),
                                             .row = memory_.array(row),
                                             .position = memory_.array(position)},
                                   .next = memory_.array(next)};
    CscGatherGradient<float> gradient{.pattern = {},
                                      .coefficient = prediction_gradient,
                                      .source = hidden,
                                      .gradient = memory_.matrix(dw, cols, units),
                                      .column_sum = memory_.array(db)};
    memory_.to_device();
    csr_times_dense(context_.exec(), layer);
    observed_loss(context_.exec(), decoder);
    observed_prediction(context_.exec(), prediction);
    sort_by_column(context_.exec(), sort);
    gradient.pattern = {.rows = rows,
                        .cols = cols,
                        .stored = cols,
                        .counted = sort.lists.list_ptr + 1,
                        .column = sort.lists.column,
                        .col_ptr = sort.lists.col_ptr,
                        .row = sort.lists.row,
                        .position = sort.lists.position,
                        .nnz = view_.nnz};
    csc_gather_gradient(context_.exec(), gradient);
    memory_.to_host();
  }

  std::int64_t entries = 0;
  std::vector<float> y = results(rows * units);
  std::vector<float> scale = results(rows);
  std::vector<LossSum> loss{{untouched, untouched}};
  std::vector<float> dy = results(rows * units);
  std::vector<float> dw = results(cols * units);
  std::vector<float> db = results(cols);
  std::vector<float> errors = results(all_rows * cols + spare);
  std::vector<float> predictions = errors;
  std::vector<std::int64_t> list_ptr{-7, -7};
  std::vector<std::int32_t> column = std::vector<std::int32_t>(cols, -7);
  std::vector<std::int64_t> col_ptr = std::vector<std::int64_t>(cols + 1, -7);
  std::vector<std::int32_t> row = std::vector<std::int32_t>(errors.size(), -7);
  std::vector<std::int32_t> position = row;

 private:
  const std::shared_ptr<const CasePattern> pattern =
      random_pattern({.rows = all_rows, .cols = cols, .missing = 0.98}, 4);
  const std::vector<float> values = random_values<float>(pattern->nnz(), 4, 1, 0.8);
  const std::vector<float> bias = random_values<float>(units, 4, 2);
  const std::vector<float> column_bias = random_values<float>(cols, 4, 3);
  std::vector<float> weights = random_values<float>(cols * units, 4, 4);
  std::vector<std::int64_t> next = col_ptr;
  DeviceContext context_;
  CaseMemory memory_;
  CsrView<float> view_;
};

void expect_near(const std::vector<float>& got, const std::vector<float>& want, const char* name) {
  ASSERT_EQ(got.size(), want.size());
  for (std::size_t i = 0; i < want.size(); ++i) {
    ASSERT_NEAR(got[i], want[i], 1e-5) << name << "[" << i << "]";
  }
}

class DeviceViews : public ::testing::TestWithParam<Device> {};

TEST_P(DeviceViews, GiveWhatTheCpuGives) {
  LACUNA_NEED_DEVICE(GetParam());
  ViewedRows cpu(Device::cpu);
  cpu.run();
  ViewedRows device(GetParam());
  device.run();
  expect_near(device.y, cpu.y, "y");
  expect_near(device.scale, cpu.scale, "scale");
  EXPECT_NEAR(device.loss[0].sum, cpu.loss[0].sum, 1e-5 * cpu.loss[0].sum);
  EXPECT_EQ(device.loss[0].count, static_cast<double>(device.entries));
  EXPECT_EQ(cpu.loss[0].count, static_cast<double>(cpu.entries));
  expect_near(device.errors, cpu.errors, "prediction gradient, nothing beyond the entries");
  expect_near(device.predictions, cpu.predictions, "predictions");
  expect_near(device.dy, cpu.dy, "dy");
  expect_near(device.dw, cpu.dw, "dw");
  expect_near(device.db, cpu.db, "db");
  EXPECT_GE(std::ranges::count(cpu.dy, 0.0f), units) << "there must be rows without entries";
  EXPECT_GE(std::ranges::count(cpu.db, 0.0f), 1) << "there must be columns without entries";
  EXPECT_EQ(device.errors[static_cast<std::size_t>(device.entries)], untouched);
}

TEST_P(DeviceViews, AreSortedAsOnTheCpu) {
  LACUNA_NEED_DEVICE(GetParam());
  ViewedRows cpu(Device::cpu);
  cpu.run();
  ViewedRows device(GetParam());
  device.run();
  EXPECT_EQ(device.list_ptr, cpu.list_ptr);
  EXPECT_EQ(device.column, cpu.column);
  EXPECT_EQ(device.col_ptr, cpu.col_ptr);
  EXPECT_EQ(device.row, cpu.row);
  EXPECT_EQ(device.position, cpu.position);
  EXPECT_LT(device.list_ptr[1], cols) << "there must be columns without entries";
}

INSTANTIATE_TEST_SUITE_P(Devices, DeviceViews, ::testing::ValuesIn(testing::accelerators),
                         [](const auto& device) { return std::string(device_name(device.param)); });

}  // namespace
}  // namespace lacuna
