#include "runtime/train/row_batches.hpp"

namespace lacuna {

template <class T>
RowBatches<T>::RowBatches(DeviceContext& context, const CsrMatrix& matrix, const RowOrder& order,
                          const EntryView& entries)
    : context_(context),
      matrix_(matrix),
      order_(order),
      entries_(entries),
      most_entries_(entries.most_entries(order.most_entries(matrix))),
      epochs_(renews() ? 2 : 1) {
  for (Epoch& epoch : epochs_) {
    epoch.index = ColumnIndex(context, entries.columns(matrix), entries.most_entries(matrix.nnz()),
                              order.count());
    if (copies()) epoch.rows = entries.room<T>(context, matrix.rows(), matrix.nnz());
  }
}

template <class T>
BatchField RowBatches<T>::field() const {
  return SparseField{
      .rows = SparseRows<T>{}, .columns = entries_.columns(matrix_), .most_entries = most_entries_};
}

template <class T>
void RowBatches<T>::start_epoch(int epoch, const std::int32_t*) {
  const int number = renews() ? epoch : 0;
  if (next_.valid()) next_.get();
  if (slot(number).number != number) deal(slot(number), number);
  current_ = &slot(number);
  if (!renews()) return;
  next_ = std::async(std::launch::async, [this, number] { deal(slot(number + 1), number + 1); });
}

template <class T>
void RowBatches<T>::show(BatchField& field, std::int64_t index) const {
  const CsrView<T> all = all_rows(*current_);
  const CsrView<T> by_row =
      order_.dealt() ? all.slice(index * order_.batch_rows(), order_.rows(index)) : all;
  const ColumnLists& lists = current_->index.lists();
  const std::int64_t first = lists.list_ptr[index];
  const CscView by_column{.rows = by_row.rows,
                          .cols = by_row.cols,
                          .stored = lists.list_ptr[index + 1] - first,
                          .column = lists.column + first,
                          .col_ptr = lists.col_ptr + first,
                          .row = lists.row,
                          .position = lists.position,
                          .nnz = by_row.nnz};
  std::get<SparseField>(field).rows = SparseRows<T>{by_row, by_column};
}

template <class T>
CsrView<T> RowBatches<T>::all_rows(const Epoch& epoch) const {
  if (!copies()) return matrix_.view<T>();
  const std::int64_t rows = matrix_.rows();
  return epoch.rows.view(rows, entries_.columns(matrix_), epoch.rows.row_ptr.data()[rows]);
}

template <class T>
void RowBatches<T>::deal(Epoch& epoch, int number) const {
  epoch.number = -1;
  if (copies()) copy_rows(epoch, number);
  epoch.index.sort(context_.exec(), all_rows(epoch), order_.batch_rows(), most_entries_);
  epoch.number = number;
}

template <class T>
void RowBatches<T>::copy_rows(Epoch& epoch, int number) const {
  std::vector<std::int32_t> order;
  if (order_.dealt()) order = order_.of_epoch(number);
  entries_.copy(context_.exec(), matrix_, order_.dealt() ? order.data() : nullptr, number,
                epoch.rows);
}

template class RowBatches<float>;
template class RowBatches<double>;

}  // namespace lacuna
