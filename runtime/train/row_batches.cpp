#include "runtime/train/row_batches.hpp"

#include "kernels/sparse/gather_rows.hpp"

namespace lacuna {

template <class T>
RowBatches<T>::RowBatches(DeviceContext& context, const CsrMatrix<T>& matrix,
                          std::int64_t batch_rows, std::uint64_t seed)
    : context_(context),
      matrix_(matrix),
      order_(matrix.rows(), batch_rows, seed),
      capacity_(order_.capacity(matrix)),
      epochs_(count() > 1 ? 2 : 1) {
  for (Epoch& epoch : epochs_) {
    epoch.index = ColumnIndex(context, matrix.cols(), matrix.nnz(), count());
    if (count() == 1) continue;
    epoch.row_ptr = Array<std::int64_t>(context.pool(), matrix.rows() + 1);
    epoch.col = Array<std::int32_t>(context.pool(), matrix.nnz());
    epoch.value = Array<T>(context.pool(), matrix.nnz());
  }
}

template <class T>
void RowBatches<T>::start_epoch(int epoch) {
  const int number = count() > 1 ? epoch : 0;
  if (next_.valid()) next_.get();
  if (slot(number).number != number) deal(slot(number), number);
  current_ = &slot(number);
  if (count() == 1) return;
  next_ = std::async(std::launch::async, [this, number] { deal(slot(number + 1), number + 1); });
}

template <class T>
SparseRows<T> RowBatches<T>::batch(std::int64_t index) const {
  const CsrView<T> all = all_rows(*current_);
  const std::int64_t begin = index * order_.batch_rows();
  const CsrView<T> by_row = count() == 1 ? all : all.slice(begin, rows(index));
  const ColumnLists& lists = current_->index.lists();
  const std::int64_t first = lists.list_ptr[index];
  return {by_row,
          {.rows = by_row.rows,
           .cols = by_row.cols,
           .stored = lists.list_ptr[index + 1] - first,
           .column = lists.column + first,
           .col_ptr = lists.col_ptr + first,
           .row = lists.row,
           .position = lists.position,
           .nnz = by_row.nnz}};
}

template <class T>
CsrView<T> RowBatches<T>::all_rows(const Epoch& epoch) const {
  if (count() == 1) return matrix_.view();
  return {matrix_.rows(),   matrix_.cols(),     epoch.row_ptr.data(),
          epoch.col.data(), epoch.value.data(), 0,
          matrix_.nnz()};
}

template <class T>
void RowBatches<T>::deal(Epoch& epoch, int number) const {
  epoch.number = -1;
  if (count() > 1) copy_rows(epoch, number);
  epoch.index.sort(context_.exec(), all_rows(epoch), order_.batch_rows(), capacity_.target_entries);
  epoch.number = number;
}

template <class T>
void RowBatches<T>::copy_rows(Epoch& epoch, int number) const {
  const std::vector<std::int32_t> order = order_.of_epoch(number);
  gather_rows<T>(context_.exec(), {.from = matrix_.view(),
                                   .order = order.data(),
                                   .rows = matrix_.rows(),
                                   .row_ptr = epoch.row_ptr.data(),
                                   .col = epoch.col.data(),
                                   .value = epoch.value.data()});
}

template class RowBatches<float>;
template class RowBatches<double>;

}  // namespace lacuna
