#include "runtime/train/row_batches.hpp"

#include "kernels/sparse/gather_rows.hpp"

namespace lacuna {

template <class T>
RowBatches<T>::RowBatches(DeviceContext& context, const CsrMatrix& matrix, const RowOrder& order)
    : context_(context),
      matrix_(matrix),
      order_(order),
      most_entries_(order.most_entries(matrix)),
      epochs_(order.dealt() ? 2 : 1) {
  for (Epoch& epoch : epochs_) {
    epoch.index = ColumnIndex(context, matrix.cols(), matrix.nnz(), order.count());
    if (!order.dealt()) continue;
    epoch.row_ptr = Array<std::int64_t>::uninitialized(context.pool(), matrix.rows() + 1);
    epoch.col = Array<std::int32_t>::uninitialized(context.pool(), matrix.nnz());
    epoch.value = Array<T>::uninitialized(context.pool(), matrix.nnz());
  }
}

template <class T>
BatchField RowBatches<T>::field() const {
  return SparseField{
      .rows = SparseRows<T>{}, .columns = matrix_.cols(), .most_entries = most_entries_};
}

template <class T>
void RowBatches<T>::start_epoch(int epoch, const std::int32_t*) {
  const int number = order_.dealt() ? epoch : 0;
  if (next_.valid()) next_.get();
  if (slot(number).number != number) deal(slot(number), number);
  current_ = &slot(number);
  if (!order_.dealt()) return;
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
  if (!order_.dealt()) return matrix_.view<T>();
  return {matrix_.rows(),   matrix_.cols(),     epoch.row_ptr.data(),
          epoch.col.data(), epoch.value.data(), 0,
          matrix_.nnz()};
}

template <class T>
void RowBatches<T>::deal(Epoch& epoch, int number) const {
  epoch.number = -1;
  if (order_.dealt()) copy_rows(epoch, number);
  epoch.index.sort(context_.exec(), all_rows(epoch), order_.batch_rows(), most_entries_);
  epoch.number = number;
}

template <class T>
void RowBatches<T>::copy_rows(Epoch& epoch, int number) const {
  const std::vector<std::int32_t> order = order_.of_epoch(number);
  gather_rows<T>(context_.exec(), {.from = matrix_.view<T>(),
                                   .order = order.data(),
                                   .rows = matrix_.rows(),
                                   .row_ptr = epoch.row_ptr.data(),
                                   .col = epoch.col.data(),
                                   .value = epoch.value.data()});
}

template class RowBatches<float>;
template class RowBatches<double>;

}  // namespace lacuna
