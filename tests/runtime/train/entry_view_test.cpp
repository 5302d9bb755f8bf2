#include "runtime/train/entry_view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "runtime/train/batches.hpp"
#include "runtime/train/training_clock.hpp"
#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t rows = 45, columns = 12, levels = 3;

/// A matrix on a device whose batches are dealt.
class Dealt {
 public:
  explicit Dealt(Device device) : context_(device, 2), clock_(context_.pool(), 1) {
    // Each value is another one, and tells its row and column.
    data::CsrArrays entries = testing::random_entries(rows, columns, 0.6, 3);
    for (std::size_t e = 0; e < entries.value.size(); ++e) entries.value[e] = float(e) + 1;
    matrix_ = {context_.pool(), rows, columns, entries.row_ptr, entries.col, entries.value};
    const float last = static_cast<float>(entries.nnz());
    coding_ = {Tensor::of(context_.pool(), DType::f32, {levels}, std::vector{1.f, last / 2, last}),
               false, 9};
  }

  /// The values that are asked for, and how many entries the rows are given: by batch.
  struct Epoch {
    std::multiset<float> asked;
    std::vector<std::int64_t> given;
    std::int64_t given_entries = 0;
    bool operator==(const Epoch&) const = default;
  };
  std::unique_ptr<Batches> batches_of(std::int64_t batch_rows) {
    return std::make_unique<Batches>(context_, DType::f32, testing::rows_of(matrix_),
                                     RowOrder(rows, batch_rows, 1), Gradients::yes, &coding_);
  }
  std::int64_t entries() const { return matrix_.nnz(); }

  Epoch epoch_of(Batches& batches, int number) {
    Epoch epoch;
    batches.start_epoch(number);
    for (std::int64_t b = 0; b < batches.count(); ++b) {
      clock_.prepare(context_.exec(), {.batch = b});
      batches.put(context_.exec(), clock_.input(), b);
      const auto given = to_host(batches.batch().get<SparseField>("input"), epoch.given);
      epoch.given_entries += static_cast<std::int64_t>(given.size());
      std::vector<std::int64_t> none;
      const auto asked = to_host(batches.batch().get<SparseField>("target"), none);
      epoch.asked.insert(asked.begin(), asked.end());
    }
    std::ranges::sort(epoch.given);
    return epoch;
  }

 private:
  std::vector<float> to_host(const SparseField& field, std::vector<std::int64_t>& cells) {
    const auto& view = field.view<float>().by_row;
    DeviceRuntime& runtime = context_.runtime();
    std::vector<std::int64_t> row_ptr(static_cast<std::size_t>(view.rows) + 1);
    runtime.copy_to_host(row_ptr.data(), view.row_ptr, row_ptr.size() * sizeof(std::int64_t));
    std::vector<std::int64_t> own(static_cast<std::size_t>(view.rows));
    runtime.copy_to_host(own.data(), view.cells, own.size() * sizeof(std::int64_t));
    cells.insert(cells.end(), own.begin(), own.end());
    std::vector<float> value(static_cast<std::size_t>(row_ptr.back() - row_ptr.front()));
    runtime.copy_to_host(value.data(), view.value + row_ptr.front(), value.size() * sizeof(float));
    return value;
  }

  DeviceContext context_;
  TrainingClock clock_;
  CsrMatrix matrix_;
  LevelCoding coding_;
};

class EntryViewTest : public ::testing::TestWithParam<Device> {};

TEST_P(EntryViewTest, EachEntryIsGivenOrAskedForWhateverTheBatches) {
  LACUNA_NEED_DEVICE(GetParam());
  Dealt dealt(GetParam());
  const auto small = dealt.batches_of(10);
  const auto one = dealt.batches_of(0);
  const Dealt::Epoch first = dealt.epoch_of(*small, 1);
  EXPECT_EQ(first.given_entries + std::ssize(first.asked), dealt.entries());
  EXPECT_GT(first.given_entries, dealt.entries() / 4);
  EXPECT_EQ(dealt.epoch_of(*one, 1), first);
  const Dealt::Epoch second = dealt.epoch_of(*one, 2);
  EXPECT_NE(second.asked, first.asked);
  EXPECT_EQ(dealt.epoch_of(*small, 2), second);
  EXPECT_EQ(dealt.epoch_of(*one, 1), first) << "as after a resume";
}

INSTANTIATE_TEST_SUITE_P(Devices, EntryViewTest,
                         ::testing::Values(Device::cpu, Device::emulated, Device::cuda),
                         [](const auto& test) { return std::string(device_name(test.param)); });

}  // namespace
}  // namespace lacuna
