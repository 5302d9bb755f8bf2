#include "runtime/ops/loss_ops.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "kernels/dense/sigmoid_cross_entropy.hpp"
#include "kernels/dense/softmax.hpp"
#include "kernels/dense/softmax_cross_entropy.hpp"
#include "kernels/dense/squared_error.hpp"
#include "runtime/ops/shapes.hpp"

namespace lacuna::ops {

namespace {

template <class T>
const T* data_of(const Tensor& tensor) {
  return tensor.defined() ? tensor.data<T>() : nullptr;
}

std::int64_t row_size(const Tensor& rows) {
  return rows.size() / std::max<std::int64_t>(rows.shape().at(0), 1);
}

Tensor values_of(const DenseField* field) {
  return field == nullptr ? Tensor() : field->value;
}

template <class T>
Variable record_softmax(Program& program, const Variable& logits) {
  const Variable out = program.rows({logits.columns()});
  program.record("softmax", [=](const ExecContext& ctx) {
    softmax<T>(ctx, {.x = logits.value<T>(), .y = out.value<T>()});
  });
  return out;
}

template <class T>
void record_softmax_cross_entropy(Program& program, const LossTerm& loss, const Variable& logits,
                                  const LabelField& target, const Tensor& weight,
                                  const Tensor& class_weight) {
  const GradientShare gradient = program.share(logits, {.in = WrittenIn::forward, .always = true});
  program.record("softmax_cross_entropy", [=, label = target.label](const ExecContext& ctx) {
    softmax_cross_entropy<T>(ctx, {.logits = logits.value<T>(),
                                   .label = label.data<std::int32_t>(),
                                   .row_weight = data_of<T>(weight),
                                   .class_weight = data_of<T>(class_weight),
                                   .scale = loss.weight,
                                   .loss = loss.sums,
                                   .logits_gradient = gradient.view<T>()});
  });
}

/// A loss of predictions, cell by cell, in Op's members for both: {sum, weight of observed cells}.
template <template <class> class Op, class T>
void record_cell_loss(Program& program, const LossTerm& loss, const Variable& prediction,
                      const DenseField& target, const Tensor& weight,
                      MatrixView<const T> Op<T>::*predicted, MatrixView<T> Op<T>::*gradient) {
  const GradientShare share = program.share(prediction, {.in = WrittenIn::forward, .always = true});
  const Variable actual = program.input(target.value);
  const Variable observed = target.observed.defined() ? program.input(target.observed) : Variable();
  program.record(Op<T>::name, [=](const ExecContext& ctx) {
    Op<T> op;
    op.*predicted = prediction.value<T>();
    op.target = actual.value<T>();
    if (observed.defined()) op.observed = observed.value<T>();
    op.row_weight = data_of<T>(weight);
    op.scale = loss.weight;
    op.loss = loss.sums;
    op.*gradient = share.view<T>();
    dispatch(ctx, op);
  });
}

void check_cells(std::string_view op, const Variable& prediction, const DenseField& target) {
  check(op, "columns of predictions", prediction.columns(), row_size(target.value));
}

}  // namespace

Variable softmax(Program& program, const Variable& logits) {
  if (program.trains()) throw std::logic_error("softmax has no gradient: record it to predict");
  return with_dtype(program.dtype(), [&]<class T>() { return record_softmax<T>(program, logits); });
}

void softmax_cross_entropy(Program& program, const LossTerm& loss, const Variable& logits,
                           const LabelField& target, const DenseField* weight,
                           const std::vector<double>& class_weight) {
  if (target.classes > logits.columns()) {
    throw std::logic_error(fmt::format("softmax_cross_entropy: logits of {} classes, labels of {}",
                                       logits.columns(), target.classes));
  }
  const Tensor of_classes = class_weight.empty()
                                ? Tensor()
                                : program.constant({class_weight.begin(), class_weight.end()});
  with_dtype(program.dtype(), [&]<class T>() {
    record_softmax_cross_entropy<T>(program, loss, logits, target, values_of(weight), of_classes);
  });
}

void squared_error(Program& program, const LossTerm& loss, const Variable& prediction,
                   const DenseField& target, const DenseField* weight) {
  check_cells("squared_error", prediction, target);
  with_dtype(program.dtype(), [&]<class T>() {
    using Op = SquaredError<T>;
    record_cell_loss<SquaredError, T>(program, loss, prediction, target, values_of(weight),
                                      &Op::prediction, &Op::prediction_gradient);
  });
}

void sigmoid_cross_entropy(Program& program, const LossTerm& loss, const Variable& logits,
                           const DenseField& target, const DenseField* weight) {
  check_cells("sigmoid_cross_entropy", logits, target);
  with_dtype(program.dtype(), [&]<class T>() {
    using Op = SigmoidCrossEntropy<T>;
    record_cell_loss<SigmoidCrossEntropy, T>(program, loss, logits, target, values_of(weight),
                                             &Op::logits, &Op::logits_gradient);
  });
}

}  // namespace lacuna::ops
