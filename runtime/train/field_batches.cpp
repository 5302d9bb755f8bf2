#include "runtime/train/field_batches.hpp"

#include <stdexcept>

#include "runtime/train/dense_batches.hpp"
#include "runtime/train/device_row_batches.hpp"
#include "runtime/train/row_batches.hpp"

namespace lacuna {

namespace {

/// Slices of sparse rows as they stand, by row only.
template <class T>
class SlicedRows final : public FieldBatches {
 public:
  SlicedRows(const CsrMatrix& matrix, const RowOrder& order) : matrix_(matrix), order_(order) {}

  BatchField field() const override {
    return SparseField{.rows = SparseRows<T>{},
                       .columns = matrix_.cols(),
                       .most_entries = order_.most_entries(matrix_)};
  }
  void start_epoch(int, const std::int32_t*) override {}
  void show(BatchField& field, std::int64_t index) const override {
    const std::int64_t begin = index * order_.batch_rows();
    std::get<SparseField>(field).rows =
        SparseRows<T>{.by_row = matrix_.rows<T>(begin, order_.rows(index)), .by_column = {}};
  }
  void stage(const ExecContext&, const BatchOrder&, std::int64_t) override {}

 private:
  const CsrMatrix& matrix_;
  RowOrder order_;
};

template <class T>
std::unique_ptr<FieldBatches> make_sparse_batches(DeviceContext& context, const CsrMatrix& matrix,
                                                  const RowOrder& order, Gradients gradients) {
  const bool in_pieces = !order.dealt() && order.count() > 1;
  if (gradients == Gradients::no ? order.dealt() : in_pieces) {
    throw std::logic_error("rows are dealt for training, and stand in pieces for predictions");
  }
  if (gradients == Gradients::no) return std::make_unique<SlicedRows<T>>(matrix, order);
  if (context.device() == Device::cpu) {
    return std::make_unique<RowBatches<T>>(context, matrix, order);
  }
  return std::make_unique<DeviceRowBatches<T>>(context, matrix, order);
}

}  // namespace

std::unique_ptr<FieldBatches> make_field_batches(DeviceContext& context, DType dtype,
                                                 std::shared_ptr<const DeviceField> data,
                                                 const RowOrder& order, Gradients gradients) {
  if (const auto* matrix = std::get_if<CsrMatrix>(data.get())) {
    return with_dtype(dtype, [&]<class T>() {
      return make_sparse_batches<T>(context, *matrix, order, gradients);
    });
  }
  if (const auto* dense = std::get_if<DenseRows>(data.get())) {
    return make_dense_batches(context, dtype, *dense, order);
  }
  return make_label_batches(context, std::get<LabelRows>(*data), order);
}

}  // namespace lacuna
