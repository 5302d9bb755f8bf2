#include "runtime/train/dense_batches.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "runtime/train/batches.hpp"
#include "runtime/train/training_clock.hpp"
#include "tests/support/context.hpp"
#include "tests/support/dense.hpp"

namespace lacuna {
namespace {

using testing::normals;

constexpr std::int64_t rows = 13;
constexpr std::int64_t columns = 10;

/// Dense rows with holes, classes and bytes, on a device that is there.
struct Data {
  explicit Data(Device device) : context(device, 2), clock(context.pool(), 1) {
    const auto values = normals(rows * columns, 4);
    all.rows = rows;
    all.set("full", testing::dense_field(context, rows, values, DType::f32));
    all.set("holes", testing::dense_field(context, rows, values, DType::f32, 0.4));
    for (std::int32_t r = 0; r < rows; ++r) labels.push_back(r * 5 % 7 - 1);
    all.set("label", testing::label_field(context, labels, 6));
    DenseRows bytes{.value = Tensor::uninitialized(context.pool(), DType::u8, {rows, 2, 3}),
                    .scale = 0.5,
                    .observed = {}};
    for (std::size_t i = 0; i < rows * 6; ++i) pixels.push_back(static_cast<std::uint8_t>(3 * i));
    bytes.value.assign(std::as_bytes(std::span(pixels)));
    all.set("bytes", std::make_shared<const DeviceField>(bytes));
  }

  void put(Batches& batches, std::int64_t index) {
    clock.prepare(context.exec(), {.batch = index});
    batches.put(context.exec(), clock.input(), index);
  }
  std::vector<float> host(const Tensor& tensor) const { return tensor.to_host<float>(); }
  const Tensor& tensor(const char* name) const {
    return std::get<DenseRows>(*all.fields.at(name)).value;
  }

  DeviceContext context;
  TrainingClock clock;
  DeviceRows all;
  std::vector<std::int32_t> labels;
  std::vector<std::uint8_t> pixels;
};

bool observed(const Data& data, std::int64_t r, std::int64_t c) {
  const auto& field = std::get<DenseRows>(*data.all.fields.at("holes"));
  const std::vector<std::byte> bits = field.observed.to_host();
  const auto byte = static_cast<std::size_t>(r * ((columns + 7) / 8) + c / 8);
  return (std::to_integer<int>(bits[byte]) >> (c % 8)) % 2 == 1;
}

class DenseBatches : public ::testing::TestWithParam<Device> {
 protected:
  /// The batch at hand against the data set's rows from `first` of `order` on.
  static void expect_rows(const Data& data, const Batch& batch,
                          const std::vector<std::int32_t>& order, std::int64_t first) {
    const auto full = data.host(batch.get<DenseField>("full").value);
    const auto holes = data.host(batch.get<DenseField>("holes").value);
    const auto mask = data.host(batch.get<DenseField>("holes").observed);
    const auto bytes = data.host(batch.get<DenseField>("bytes").value);
    const auto values = data.host(data.tensor("full"));
    std::vector<std::int32_t> label(static_cast<std::size_t>(batch.most_rows()));
    const std::vector<std::byte> raw = batch.get<LabelField>("label").label.to_host();
    std::memcpy(label.data(), raw.data(), raw.size());
    for (std::int64_t r = 0; r < batch.rows; ++r) {
      const auto source = static_cast<std::size_t>(order[static_cast<std::size_t>(first + r)]);
      EXPECT_EQ(label[static_cast<std::size_t>(r)], data.labels[source]);
      for (std::int64_t c = 0; c < columns; ++c) {
        const auto at = static_cast<std::size_t>(r * columns + c);
        const float value = values[source * columns + static_cast<std::size_t>(c)];
        const bool seen = observed(data, static_cast<std::int64_t>(source), c);
        EXPECT_EQ(full[at], value);
        EXPECT_EQ(holes[at], seen ? value : 0);
        EXPECT_EQ(mask[at], seen ? 1 : 0);
      }
      for (std::size_t c = 0; c < 6; ++c) {
        EXPECT_EQ(bytes[static_cast<std::size_t>(r) * 6 + c],
                  0.5f * static_cast<float>(data.pixels[source * 6 + c]));
      }
    }
  }
};

TEST_P(DenseBatches, AreGatheredInTheEpochsOrderAndStayInPlace) {
  LACUNA_NEED_DEVICE(GetParam());
  Data data(GetParam());
  const RowOrder order(rows, 5, 3);
  Batches batches(data.context, DType::f32, data.all, order);
  const Batch& batch = batches.batch();
  EXPECT_FALSE(batch.get<DenseField>("full").observed.defined());
  EXPECT_EQ(batch.get<DenseField>("bytes").value.shape(), (Shape{5, 2, 3}));
  EXPECT_EQ(batch.get<LabelField>("label").classes, 6);
  const std::byte* place = batch.get<DenseField>("full").value.bytes().data();
  for (const int epoch : {1, 2}) {
    batches.start_epoch(epoch);
    for (std::int64_t b = 0; b < batches.count(); ++b) {
      data.put(batches, b);
      expect_rows(data, batch, order.of_epoch(epoch), 5 * b);
      EXPECT_EQ(batch.get<DenseField>("full").value.bytes().data(), place);
    }
  }
  EXPECT_NE(order.of_epoch(1), order.of_epoch(2));
}

TEST_P(DenseBatches, OfAllRowsOrForPredictionsKeepTheirOrder) {
  LACUNA_NEED_DEVICE(GetParam());
  Data data(GetParam());
  std::vector<std::int32_t> in_order(rows);
  for (std::int32_t r = 0; r < rows; ++r) in_order[static_cast<std::size_t>(r)] = r;
  for (const RowOrder& order : {RowOrder(rows, 0, 3), RowOrder::in_place(rows, 5)}) {
    Batches batches(data.context, DType::f32, data.all, order, Gradients::no);
    for (const int epoch : {1, 2}) {
      batches.start_epoch(epoch);
      for (std::int64_t b = 0; b < batches.count(); ++b) {
        data.put(batches, b);
        expect_rows(data, batches.batch(), in_order, 5 * b);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Devices, DenseBatches,
                         ::testing::Values(Device::cpu, Device::emulated, Device::cuda),
                         [](const auto& device) { return std::string(device_name(device.param)); });

}  // namespace
}  // namespace lacuna
