#include "runtime/train/row_batches.hpp"

#include "kernels/sparse/gather_rows.hpp"

namespace lacuna {

template <class T>
RowBatches<T>::RowBatches(DeviceContext& context, const CsrMatrix& matrix, const RowOrder& order)
    : context_(context), matrix_(matrix), order_(order), epochs_(order.dealt() ? 2 : 1) {
  for (Epoch& epoch : epochs_) {
    epoch.index = ColumnIndex(context, matrix.cols(), matrix.nnz(), order.count());
    epoch.by_column.resize(static_cast<std::size_t>(order.count()));
    if (!order.dealt()) continue;
    epoch.row_ptr = Array<std::int64_t>::uninitialized(context.pool(), matrix.rows() + 1);
    epoch.col = Array<std::int32_t>::uninitialized(context.pool(), matrix.nnz());
    epoch.value = Array<T>::uninitialized(context.pool(), matrix.nnz());
  }
}

template <class T>
BatchField RowBatches<T>::field() const {
  return SparseField{.rows = SparseRows<T>{},
                     .columns = matrix_.cols(),
                     .most_entries = order_.most_entries(matrix_)};
}

template <class T>
void RowBatches<T>::start_epoch(int epoch) {
  const int number = order_.dealt() ? epoch : 0;
  if (next_.valid()) next_.get();
  if (slot(number).number != number) deal(slot(number), number);
  current_ = &slot(number);
  if (!order_.dealt()) return;
  next_ = std::async(std::launch::async, [this, number] { deal(slot(number + 1), number + 1); });
}

template <class T>
void RowBatches<T>::show(BatchField& field, std::int64_t index) const {
  std::get<SparseField>(field).rows = SparseRows<T>{
      rows_of(*current_, index), current_->by_column[static_cast<std::size_t>(index)]};
}

template <class T>
CsrView<T> RowBatches<T>::rows_of(const Epoch& epoch, std::int64_t index) const {
  if (!order_.dealt()) return matrix_.view<T>();
  const CsrView<T> all{matrix_.rows(),   matrix_.cols(),     epoch.row_ptr.data(),
                       epoch.col.data(), epoch.value.data(), 0,
                       matrix_.nnz()};
  return all.slice(index * order_.batch_rows(), order_.rows(index));
}

template <class T>
void RowBatches<T>::deal(Epoch& epoch, int number) const {
  epoch.number = -1;
  epoch.index.clear();
  if (order_.dealt()) copy_rows(epoch, number);
  for (std::size_t i = 0; i < epoch.by_column.size(); ++i) {
    epoch.by_column[i] =
        epoch.index.add(context_.exec(), rows_of(epoch, static_cast<std::int64_t>(i)));
  }
  epoch.number = number;
}

template <class T>
void RowBatches<T>::copy_rows(Epoch& epoch, int number) const {
  const std::vector<std::int32_t> order = order_.of_epoch(number);
  const StepInput whole_epoch;
  gather_rows<T>(context_.exec(), {.from = matrix_.view<T>(),
                                   .order = order.data(),
                                   .input = &whole_epoch,
                                   .rows = matrix_.rows(),
                                   .row_ptr = epoch.row_ptr.data(),
                                   .col = epoch.col.data(),
                                   .value = epoch.value.data()});
}

template class RowBatches<float>;
template class RowBatches<double>;

}  // namespace lacuna
