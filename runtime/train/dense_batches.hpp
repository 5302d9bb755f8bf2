#pragma once

#include "runtime/train/field_batches.hpp"

namespace lacuna {

/// Batches of dense rows, and the same of rows' classes, gathered into a fixed place within each
/// step. One batch of all rows is gathered once.
std::unique_ptr<FieldBatches> make_dense_batches(DeviceContext& context, DType dtype,
                                                 const DenseRows& data, const RowOrder& order);
std::unique_ptr<FieldBatches> make_label_batches(DeviceContext& context, const LabelRows& data,
                                                 const RowOrder& order);

}  // namespace lacuna
