#pragma once

#include <vector>

#include "runtime/train/field_batches.hpp"

namespace lacuna {

/// The batches of a data set, all its fields together, in one Batch whose place stays: programs are
/// recorded on it once.
class Batches {
 public:
  /// Refers to what `data` holds. `gradients`: no: sparse fields are not sorted by column.
  /// `coding`: as the model wants its levels. Throws std::logic_error where fields differ in their
  /// rows.
  Batches(DeviceContext& context, DType dtype, const DeviceRows& data, const RowOrder& order,
          Gradients gradients = Gradients::yes, const LevelCoding* coding = nullptr);
  Batches(const Batches&) = delete;
  Batches& operator=(const Batches&) = delete;

  const Batch& batch() const { return batch_; }
  std::int64_t count() const { return order_.count(); }
  /// Whether there is but one batch, of all rows in place.
  bool whole() const { return !order_.dealt() && order_.count() == 1; }
  std::int64_t rows(std::int64_t index) const { return order_.rows(index); }

  /// Deals the rows out for this epoch.
  void start_epoch(int epoch);

  /// Makes batch() the one of that number, which `input` [1], on the device, tells as well; what
  /// this takes is put on the stream. Allocates nothing, so that a device can capture it.
  void put(const ExecContext& ctx, const StepInput* input, std::int64_t index);

  /// Entries of the field's batches before `index` in an epoch; 1 a row where they are dense.
  std::int64_t entries_before(int epoch, std::int64_t index, std::string_view field) const;

 private:
  struct Named {
    std::shared_ptr<const DeviceField> data;  ///< outlives the batches, whose threads read it
    EntryView entries;
    std::unique_ptr<FieldBatches> batches;
    std::vector<std::string> names;  ///< under which the batch shows them
  };

  RowOrder order_;
  Batch batch_;
  std::vector<Named> fields_;
  Array<std::int32_t> rows_;  // of the epoch, on the device; none where they are not dealt
};

}  // namespace lacuna
