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
    bool columns_agree = true;  ///< with the rows
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
      for (const char* name : {"input", "target"}) {
        epoch.columns_agree &= columns_agree(batches.batch().get<SparseField>(name));
      }
    }
    std::ranges::sort(epoch.given);
    return epoch;
  }

 private:
  template <class T>
  std::vector<T> read(const T* from, std::int64_t count) {
    std::vector<T> values(static_cast<std::size_t>(count));
    context_.runtime().copy_to_host(values.data(), from, values.size() * sizeof(T));
    return values;
  }

  std::vector<float> to_host(const SparseField& field, std::vector<std::int64_t>& cells) {
    const auto& view = field.view<float>().by_row;
    const auto row_ptr = read(view.row_ptr, view.rows + 1);
    const auto own = read(view.cells, view.rows);
    cells.insert(cells.end(), own.begin(), own.end());
    return read(view.value + row_ptr.front(), row_ptr.back() - row_ptr.front());
  }

  /// Whether each entry stands once under its column, with its row.
  bool columns_agree(const SparseField& field) {
    const auto& [by_row, by_column] = field.view<float>();
    const auto row_ptr = read(by_row.row_ptr, by_row.rows + 1);
    const std::int64_t first = row_ptr.front(), entries = row_ptr.back() - first;
    const auto col = read(by_row.col + first, entries);
    const std::int64_t lists =
        by_column.counted == nullptr ? by_column.stored : read(by_column.counted, 1).front();
    const auto column = read(by_column.column, lists);
    const auto col_ptr = read(by_column.col_ptr, lists + 1);
    const std::int64_t begin = col_ptr.front();
    const auto row = read(by_column.row + begin, entries);
    const auto position = read(by_column.position + begin, entries);
    std::set<std::int32_t> seen;
    for (std::size_t k = 0; k < column.size(); ++k) {
      for (auto i = col_ptr[k] - begin; i < col_ptr[k + 1] - begin; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const std::int64_t entry = first + position[at];
        const auto of_row = static_cast<std::size_t>(row[at]);
        if (col[static_cast<std::size_t>(position[at])] != column[k]) return false;
        if (entry < row_ptr[of_row] || entry >= row_ptr[of_row + 1]) return false;
        seen.insert(position[at]);
      }
    }
    return std::ssize(seen) == entries && col_ptr.back() - begin == entries;
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
  EXPECT_TRUE(first.columns_agree);
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
