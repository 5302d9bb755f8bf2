#include "runtime/train/device_row_batches.hpp"

#include "kernels/sparse/gather_rows.hpp"

namespace lacuna {

template <class T>
DeviceRowBatches<T>::DeviceRowBatches(DeviceContext& context, const CsrMatrix& matrix,
                                      const RowOrder& order)
    : context_(context),
      matrix_(matrix),
      order_(order),
      most_entries_(order.most_entries(matrix)),
      index_(context, matrix.cols(), most_entries_, 1) {
  if (!order.dealt()) {
    batch_.by_row = matrix.view<T>();
    batch_.by_column = index_.add(context.exec(), batch_.by_row);
    return;
  }
  row_ptr_ = Array<std::int64_t>::uninitialized(context.pool(), order.batch_rows() + 1);
  col_ = Array<std::int32_t>::uninitialized(context.pool(), most_entries_);
  value_ = Array<T>::uninitialized(context.pool(), most_entries_);
  batch_.by_row = {order.batch_rows(), matrix.cols(), row_ptr_.data(),
                   col_.data(),        value_.data(), 0,
                   most_entries_};
}

template <class T>
BatchField DeviceRowBatches<T>::field() const {
  return SparseField{.rows = batch_, .columns = matrix_.cols(), .most_entries = most_entries_};
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
  gather_rows<T>(ctx, {.from = matrix_.view<T>(),
                       .order = order.order,
                       .input = order.input,
                       .rows = order.batch_rows,
                       .row_ptr = row_ptr_.data(),
                       .col = col_.data(),
                       .value = value_.data()});
  batch_.by_row.rows = rows;
  index_.clear();
  batch_.by_column = index_.add(ctx, batch_.by_row);
}

template class DeviceRowBatches<float>;
template class DeviceRowBatches<double>;

}  // namespace lacuna
