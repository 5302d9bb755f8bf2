#include "runtime/train/device_row_batches.hpp"

#include "kernels/sparse/take_batch.hpp"

namespace lacuna {

template <class T>
DeviceRowBatches<T>::DeviceRowBatches(DeviceContext& context, const CsrMatrix& matrix,
                                      const RowOrder& order, const EntryView& entries)
    : context_(context),
      matrix_(matrix),
      order_(order),
      entries_(entries),
      most_entries_(entries.most_entries(order.most_entries(matrix))) {
  if (order.dealt()) {
    epoch_ = room(matrix.rows(), matrix.nnz(), order.count());
    staged_ = room(order.batch_rows(), order.most_entries(matrix), 1);
    batch_ = {staged_.by_row, staged_.index.view(staged_.by_row)};
  } else if (entries.coded()) {
    epoch_ = room(matrix.rows(), matrix.nnz(), 1);
    batch_ = {epoch_.by_row, epoch_.index.view(epoch_.by_row)};
  } else {
    staged_.index = ColumnIndex(context, matrix.cols(), matrix.nnz(), 1);
    batch_.by_row = matrix.view<T>();
    batch_.by_column = staged_.index.sorted(context.exec(), batch_.by_row);
  }
}

template <class T>
typename DeviceRowBatches<T>::Rows DeviceRowBatches<T>::room(std::int64_t rows,
                                                             std::int64_t entries,
                                                             std::int64_t groups) const {
  const std::int64_t columns = entries_.columns(matrix_);
  const std::int64_t most = entries_.most_entries(entries);
  Rows result{.copied = entries_.room<T>(context_, rows, entries),
              .index = ColumnIndex(context_, columns, most, groups),
              .by_row = {}};
  result.by_row = result.copied.view(rows, columns, most);
  return result;
}

template <class T>
BatchField DeviceRowBatches<T>::field() const {
  return SparseField{
      .rows = batch_, .columns = entries_.columns(matrix_), .most_entries = most_entries_};
}

template <class T>
void DeviceRowBatches<T>::start_epoch(int epoch, const std::int32_t* order) {
  if (!order_.dealt() && !entries_.coded()) return;
  entries_.copy(context_.exec(), matrix_, order_.dealt() ? order : nullptr, epoch, epoch_.copied);
  epoch_.index.sort(context_.exec(), epoch_.by_row, order_.batch_rows(), most_entries_);
}

template <class T>
void DeviceRowBatches<T>::show(BatchField& field, std::int64_t index) const {
  SparseRows<T> shown = batch_;
  shown.by_row.rows = order_.rows(index);
  shown.by_column.rows = shown.by_row.rows;
  std::get<SparseField>(field).rows = shown;
}

template <class T>
void DeviceRowBatches<T>::stage(const ExecContext& ctx, const BatchOrder& order,
                                std::int64_t rows) {
  if (!order_.dealt()) return;
  take_batch<T>(ctx, {.epoch = epoch_.by_row,
                      .epoch_lists = epoch_.index.lists(),
                      .batch_rows = order.batch_rows,
                      .input = order.input,
                      .rows = rows,
                      .nnz = most_entries_,
                      .row_ptr = staged_.copied.row_ptr.data(),
                      .col = staged_.copied.col.data(),
                      .value = staged_.copied.value.data(),
                      .cells = staged_.copied.cells.data(),
                      .lists = staged_.index.lists()});
}

template class DeviceRowBatches<float>;
template class DeviceRowBatches<double>;

}  // namespace lacuna
