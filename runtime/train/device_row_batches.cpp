#include "runtime/train/device_row_batches.hpp"

#include "kernels/sparse/gather_rows.hpp"

namespace lacuna {

template <class T>
DeviceRowBatches<T>::DeviceRowBatches(DeviceContext& context, const CsrMatrix<T>& matrix,
                                      std::int64_t batch_rows, std::uint64_t seed)
    : context_(context),
      matrix_(matrix),
      order_(matrix.rows(), batch_rows, seed),
      capacity_(order_.capacity(matrix)),
      index_(context, matrix.cols(), capacity_.target_entries, 1) {
  if (count() <= 1) {
    batch_.by_row = matrix.view();
    batch_.by_column = index_.add(context.exec(), batch_.by_row);
    return;
  }
  rows_ = Array<std::int32_t>(context.pool(), count() * capacity_.rows);
  row_ptr_ = Array<std::int64_t>(context.pool(), capacity_.rows + 1);
  col_ = Array<std::int32_t>(context.pool(), capacity_.target_entries);
  value_ = Array<T>(context.pool(), capacity_.target_entries);
  batch_.by_row = {
      capacity_.rows,          matrix.cols(), row_ptr_.data(), col_.data(), value_.data(), 0,
      capacity_.target_entries};
}

template <class T>
void DeviceRowBatches<T>::start_epoch(int epoch) {
  if (count() <= 1) return;
  std::vector<std::int32_t> rows = order_.of_epoch(epoch);
  rows.resize(rows_.span().size(), -1);
  rows_.assign(rows);
}

template <class T>
void DeviceRowBatches<T>::stage(const ExecContext& ctx, const StepInput* input) {
  if (count() <= 1) return;
  gather_rows<T>(ctx, {.from = matrix_.view(),
                       .order = rows_.data(),
                       .input = input,
                       .rows = capacity_.rows,
                       .row_ptr = row_ptr_.data(),
                       .col = col_.data(),
                       .value = value_.data()});
  index_.clear();
  batch_.by_column = index_.add(ctx, batch_.by_row);
}

template class DeviceRowBatches<float>;
template class DeviceRowBatches<double>;

}  // namespace lacuna
