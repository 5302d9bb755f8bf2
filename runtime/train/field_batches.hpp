#pragma once

#include <memory>

#include "kernels/data/batch_order.hpp"
#include "runtime/data/device_rows.hpp"
#include "runtime/device_context.hpp"
#include "runtime/program/batch.hpp"
#include "runtime/train/entry_view.hpp"
#include "runtime/train/row_order.hpp"

namespace lacuna {

/// The mini-batches of one field of a data set: what a Batch shows under the field's name.
class FieldBatches {
 public:
  virtual ~FieldBatches() = default;

  /// What the batch's field is at first; its addresses stay.
  virtual BatchField field() const = 0;

  /// Makes the batches those of this epoch. `order`: its rows, batch after batch, on the device;
  /// nullptr: they are not dealt.
  virtual void start_epoch(int epoch, const std::int32_t* order) = 0;

  /// Makes `field` what the ops of batch `index` are to read.
  virtual void show(BatchField& field, std::int64_t index) const = 0;

  /// Puts the work on the stream that fills it with `rows` rows. Which batch it is, is read on the
  /// device.
  virtual void stage(const ExecContext& ctx, const BatchOrder& order, std::int64_t rows) = 0;
};

/// `order`: how rows are dealt; without gradients sparse rows are not sorted by column.
std::unique_ptr<FieldBatches> make_field_batches(DeviceContext& context, DType dtype,
                                                 std::shared_ptr<const DeviceField> data,
                                                 const RowOrder& order, Gradients gradients,
                                                 const EntryView& entries = {});

}  // namespace lacuna
