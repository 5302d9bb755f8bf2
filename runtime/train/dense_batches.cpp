#include "runtime/train/dense_batches.hpp"

#include "kernels/data/gather_dense.hpp"
#include "kernels/data/gather_elements.hpp"

namespace lacuna {

namespace {

Shape batch_shape(const Tensor& data, const RowOrder& order) {
  Shape shape = data.shape();
  shape.at(0) = order.batch_rows();
  return shape;
}

/// A tensor's rows as a matrix, all extents but the first being columns.
template <class T>
MatrixView<T> rows_of(const Tensor& tensor, std::int64_t rows) {
  const Shape& shape = tensor.shape();
  return {tensor.data<T>(), rows, element_count(Shape(shape.begin() + 1, shape.end()))};
}

class DenseBatches final : public FieldBatches {
 public:
  DenseBatches(DeviceContext& context, DType dtype, const DenseRows& data, const RowOrder& order)
      : data_(data), once_(order.count() <= 1) {
    field_.value = Tensor::zeros(context.pool(), dtype, batch_shape(data.value, order));
    if (data.observed.defined()) {
      field_.observed = Tensor::zeros(context.pool(), dtype, field_.value.shape());
    }
  }

  BatchField field() const override { return field_; }
  void start_epoch(int, const std::int32_t*) override {}
  void show(BatchField&, std::int64_t) const override {}

  void stage(const ExecContext& ctx, const BatchOrder& order, std::int64_t rows) override {
    if (once_ && staged_) return;
    staged_ = true;
    with_dtype(field_.value.dtype(), [&]<class T>() { gather<T>(ctx, order, rows); });
  }

 private:
  template <class T>
  void gather(const ExecContext& ctx, const BatchOrder& order, std::int64_t rows) const {
    const std::int64_t all = data_.value.shape().at(0);
    GatherDense<T> op;
    op.scale = static_cast<T>(data_.scale);
    op.batch = order;
    op.y = rows_of<T>(field_.value, rows);
    if (data_.value.dtype() == DType::u8) {
      op.bytes = rows_of<std::uint8_t>(data_.value, all);
    } else {
      op.values = rows_of<T>(data_.value, all);
    }
    if (field_.observed.defined()) {
      op.observed_bits = data_.observed.data<std::uint8_t>();
      op.observed = rows_of<T>(field_.observed, rows);
    }
    gather_dense<T>(ctx, op);
  }

  DenseRows data_;
  DenseField field_;
  bool once_;
  bool staged_ = false;
};

class LabelBatches final : public FieldBatches {
 public:
  LabelBatches(DeviceContext& context, const LabelRows& data, const RowOrder& order)
      : data_(data),
        field_{Tensor::zeros(context.pool(), DType::i32, {order.batch_rows()}), data.classes},
        once_(order.count() <= 1) {}

  BatchField field() const override { return field_; }
  void start_epoch(int, const std::int32_t*) override {}
  void show(BatchField&, std::int64_t) const override {}

  void stage(const ExecContext& ctx, const BatchOrder& order, std::int64_t rows) override {
    if (once_ && staged_) return;
    staged_ = true;
    gather_elements<float>(ctx, {.labels = data_.label.data<std::int32_t>(),
                                 .batch = order,
                                 .rows = rows,
                                 .batch_labels = field_.label.data<std::int32_t>()});
  }

 private:
  LabelRows data_;
  LabelField field_;
  bool once_;
  bool staged_ = false;
};

}  // namespace

std::unique_ptr<FieldBatches> make_dense_batches(DeviceContext& context, DType dtype,
                                                 const DenseRows& data, const RowOrder& order) {
  return std::make_unique<DenseBatches>(context, dtype, data, order);
}

std::unique_ptr<FieldBatches> make_label_batches(DeviceContext& context, const LabelRows& data,
                                                 const RowOrder& order) {
  return std::make_unique<LabelBatches>(context, data, order);
}

}  // namespace lacuna
