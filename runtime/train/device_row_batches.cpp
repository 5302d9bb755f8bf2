#include "runtime/train/device_row_batches.hpp"

#include "kernels/sparse/gather_rows.hpp"
#include "kernels/sparse/take_batch.hpp"

namespace lacuna {

template <class T>
DeviceRowBatches<T>::Rows::Rows(DeviceContext& context, std::int64_t rows, std::int64_t cols,
                                std::int64_t entries, std::int64_t groups)
    : row_ptr(Array<std::int64_t>::uninitialized(context.pool(), rows + 1)),
      col(Array<std::int32_t>::uninitialized(context.pool(), entries)),
      value(Array<T>::uninitialized(context.pool(), entries)),
      index(context, cols, entries, groups),
      by_row{rows, cols, row_ptr.data(), col.data(), value.data(), 0, entries} {}

template <class T>
DeviceRowBatches<T>::DeviceRowBatches(DeviceContext& context, const CsrMatrix& matrix,
                                      const RowOrder& order)
    : context_(context), matrix_(matrix), order_(order), most_entries_(order.most_entries(matrix)) {
  if (!order.dealt()) {
    staged_.index = ColumnIndex(context, matrix.cols(), matrix.nnz(), 1);
    batch_.by_row = matrix.view<T>();
    batch_.by_column = staged_.index.sorted(context.exec(), batch_.by_row);
    return;
  }
  epoch_ = Rows(context, matrix.rows(), matrix.cols(), matrix.nnz(), order.count());
  staged_ = Rows(context, order.batch_rows(), matrix.cols(), most_entries_, 1);
  batch_ = {staged_.by_row, staged_.index.view(staged_.by_row)};
}

template <class T>
BatchField DeviceRowBatches<T>::field() const {
  return SparseField{.rows = batch_, .columns = matrix_.cols(), .most_entries = most_entries_};
}

template <class T>
void DeviceRowBatches<T>::start_epoch(int, const std::int32_t* order) {
  if (!order_.dealt()) return;
  gather_rows<T>(context_.exec(), {.from = matrix_.view<T>(),
                                   .order = order,
                                   .rows = matrix_.rows(),
                                   .row_ptr = epoch_.row_ptr.data(),
                                   .col = epoch_.col.data(),
                                   .value = epoch_.value.data()});
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
                      .row_ptr = staged_.row_ptr.data(),
                      .col = staged_.col.data(),
                      .value = staged_.value.data(),
                      .lists = staged_.index.lists()});
}

template class DeviceRowBatches<float>;
template class DeviceRowBatches<double>;

}  // namespace lacuna
