#include "runtime/train/device_row_batches.hpp"

#include "kernels/sparse/gather_rows.hpp"
#include "kernels/sparse/take_batch.hpp"

namespace lacuna {

template <class T>
DeviceRowBatches<T>::DeviceRowBatches(DeviceContext& context, const CsrMatrix<T>& matrix,
                                      std::int64_t batch_rows, std::uint64_t seed)
    : context_(context),
      matrix_(matrix),
      order_(matrix.rows(), batch_rows, seed),
      capacity_(order_.capacity(matrix)) {
  if (count() <= 1) {
    staged_.index = ColumnIndex(context, matrix.cols(), matrix.nnz(), 1);
    batch_ = {matrix.view(), staged_.index.sorted(context.exec(), matrix.view())};
    return;
  }
  numbers_ = Array<std::int32_t>(context.pool(), matrix.rows());
  epoch_ = Rows(context, {matrix.rows(), matrix.nnz()}, matrix.cols(), count());
  staged_ = Rows(context, capacity_, matrix.cols(), 1);
  batch_ = {staged_.by_row(), staged_.index.view(staged_.by_row())};
}

template <class T>
DeviceRowBatches<T>::Rows::Rows(DeviceContext& context, BatchCapacity capacity, std::int64_t cols_,
                                std::int64_t groups)
    : cols(cols_),
      row_ptr(context.pool(), capacity.rows + 1),
      col(context.pool(), capacity.target_entries),
      value(context.pool(), capacity.target_entries),
      index(context, cols_, capacity.target_entries, groups) {}

template <class T>
CsrView<T> DeviceRowBatches<T>::Rows::by_row() const {
  return {.rows = static_cast<std::int64_t>(row_ptr.span().size()) - 1,
          .cols = cols,
          .row_ptr = row_ptr.data(),
          .col = col.data(),
          .value = value.data(),
          .first = 0,
          .nnz = static_cast<std::int64_t>(col.span().size())};
}

template <class T>
void DeviceRowBatches<T>::start_epoch(int epoch) {
  if (count() <= 1) return;
  numbers_.assign(order_.of_epoch(epoch));
  gather_rows<T>(context_.exec(), {.from = matrix_.view(),
                                   .order = numbers_.data(),
                                   .rows = matrix_.rows(),
                                   .row_ptr = epoch_.row_ptr.data(),
                                   .col = epoch_.col.data(),
                                   .value = epoch_.value.data()});
  epoch_.index.sort(context_.exec(), epoch_.by_row(), order_.batch_rows(),
                    capacity_.target_entries);
}

template <class T>
void DeviceRowBatches<T>::stage(const ExecContext& ctx, const StepInput* input) {
  if (count() <= 1) return;
  take_batch<T>(ctx, {.epoch = epoch_.by_row(),
                      .epoch_lists = epoch_.index.lists(),
                      .batch_rows = order_.batch_rows(),
                      .input = input,
                      .rows = capacity_.rows,
                      .nnz = capacity_.target_entries,
                      .row_ptr = staged_.row_ptr.data(),
                      .col = staged_.col.data(),
                      .value = staged_.value.data(),
                      .lists = staged_.index.lists()});
}

template class DeviceRowBatches<float>;
template class DeviceRowBatches<double>;

}  // namespace lacuna
