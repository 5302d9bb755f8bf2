#include "runtime/train/field_batches.hpp"

#include <stdexcept>
#include <vector>

#include "runtime/train/dense_batches.hpp"
#include "runtime/train/device_row_batches.hpp"
#include "runtime/train/row_batches.hpp"

namespace lacuna {

namespace {

/// Slices of sparse rows as they stand, by row only.
template <class T>
class SlicedRows final : public FieldBatches {
 public:
  SlicedRows(const CsrMatrix& matrix, const RowOrder& order) : matrix_(matrix), order_(order) {}

  BatchField field() const override {
    return SparseField{.rows = SparseRows<T>{},
                       .columns = matrix_.cols(),
                       .most_entries = order_.most_entries(matrix_)};
  }
  void start_epoch(int, const std::int32_t*) override {}
  void show(BatchField& field, std::int64_t index) const override {
    const std::int64_t begin = index * order_.batch_rows();
    std::get<SparseField>(field).rows =
        SparseRows<T>{.by_row = matrix_.rows<T>(begin, order_.rows(index)), .by_column = {}};
  }
  void stage(const ExecContext&, const BatchOrder&, std::int64_t) override {}

 private:
  const CsrMatrix& matrix_;
  RowOrder order_;
};

/// The same of rows whose entries are coded, all of them.
template <class T>
class SlicedCodes final : public FieldBatches {
 public:
  SlicedCodes(DeviceContext& context, const CsrMatrix& matrix, const RowOrder& order,
              const EntryView& entries)
      : context_(context), matrix_(matrix), order_(order), entries_(entries) {}

  BatchField field() const override {
    return SparseField{.rows = SparseRows<T>{},
                       .columns = entries_.columns(matrix_),
                       .most_entries = entries_.most_entries(order_.most_entries(matrix_))};
  }
  /// Codes them where that has not been done.
  void start_epoch(int, const std::int32_t*) override {
    if (!row_ptr_.empty()) return;
    rows_ = entries_.room<T>(context_, matrix_.rows(), matrix_.nnz());
    entries_.copy(context_.exec(), matrix_, nullptr, 0, rows_);
    row_ptr_ = rows_.row_ptr.to_host();
  }
  void show(BatchField& field, std::int64_t index) const override {
    const std::int64_t begin = index * order_.batch_rows();
    CsrView<T> slice = rows_.view(order_.rows(index), entries_.columns(matrix_), 0);
    slice.row_ptr += begin;
    slice.cells += begin;
    slice.first = row_ptr_.at(static_cast<std::size_t>(begin));
    slice.nnz = row_ptr_.at(static_cast<std::size_t>(begin + slice.rows)) - slice.first;
    std::get<SparseField>(field).rows = SparseRows<T>{.by_row = slice, .by_column = {}};
  }
  void stage(const ExecContext&, const BatchOrder&, std::int64_t) override {}

 private:
  DeviceContext& context_;
  const CsrMatrix& matrix_;
  RowOrder order_;
  EntryView entries_;
  CopiedRows<T> rows_;
  std::vector<std::int64_t> row_ptr_;  // on the host; empty: they are not coded yet
};

template <class T>
std::unique_ptr<FieldBatches> make_sparse_batches(DeviceContext& context, const CsrMatrix& matrix,
                                                  const RowOrder& order, Gradients gradients,
                                                  const EntryView& entries) {
  const bool in_pieces = !order.dealt() && order.count() > 1;
  if (gradients == Gradients::no ? order.dealt() : in_pieces) {
    throw std::logic_error("rows are dealt for training, and stand in pieces for predictions");
  }
  if (gradients == Gradients::no) {
    if (!entries.coded()) return std::make_unique<SlicedRows<T>>(matrix, order);
    return std::make_unique<SlicedCodes<T>>(context, matrix, order, entries);
  }
  if (context.device() == Device::cpu) {
    return std::make_unique<RowBatches<T>>(context, matrix, order, entries);
  }
  return std::make_unique<DeviceRowBatches<T>>(context, matrix, order, entries);
}

}  // namespace

std::unique_ptr<FieldBatches> make_field_batches(DeviceContext& context, DType dtype,
                                                 std::shared_ptr<const DeviceField> data,
                                                 const RowOrder& order, Gradients gradients,
                                                 const EntryView& entries) {
  if (const auto* matrix = std::get_if<CsrMatrix>(data.get())) {
    return with_dtype(dtype, [&]<class T>() {
      return make_sparse_batches<T>(context, *matrix, order, gradients, entries);
    });
  }
  if (const auto* dense = std::get_if<DenseRows>(data.get())) {
    return make_dense_batches(context, dtype, *dense, order);
  }
  return make_label_batches(context, std::get<LabelRows>(*data), order);
}

}  // namespace lacuna
