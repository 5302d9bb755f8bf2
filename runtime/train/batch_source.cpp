#include "runtime/train/batch_source.hpp"

#include "runtime/train/device_row_batches.hpp"
#include "runtime/train/row_batches.hpp"

namespace lacuna {

template <class T>
std::unique_ptr<BatchSource<T>> make_batch_source(DeviceContext& context,
                                                  const CsrMatrix<T>& matrix,
                                                  std::int64_t batch_rows, std::uint64_t seed) {
  if (context.device() == Device::cpu) {
    return std::make_unique<RowBatches<T>>(context, matrix, batch_rows, seed);
  }
  return std::make_unique<DeviceRowBatches<T>>(context, matrix, batch_rows, seed);
}

template std::unique_ptr<BatchSource<float>> make_batch_source(DeviceContext&,
                                                               const CsrMatrix<float>&,
                                                               std::int64_t, std::uint64_t);
template std::unique_ptr<BatchSource<double>> make_batch_source(DeviceContext&,
                                                                const CsrMatrix<double>&,
                                                                std::int64_t, std::uint64_t);

}  // namespace lacuna
