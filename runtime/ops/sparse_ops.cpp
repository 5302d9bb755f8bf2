#include "runtime/ops/sparse_ops.hpp"

#include <stdexcept>

#include "kernels/sparse/csc_gather_gradient.hpp"
#include "kernels/sparse/csr_times_dense.hpp"
#include "kernels/sparse/entry_error.hpp"
#include "kernels/sparse/observed_loss.hpp"
#include "kernels/sparse/scatter_rows.hpp"
#include "runtime/ops/shapes.hpp"

namespace lacuna::ops {

namespace {

template <class T>
Variable record_sparse_linear(Program& program, const SparseField& x, const Variable& weight,
                              const Variable& bias, const SparsityNormalization& normalization,
                              Activation activation) {
  const GradientShare dw = program.share(weight);
  const GradientShare db = program.share(bias, {.always = true});
  const Variable out = program.rows({weight.columns()});
  const Tensor row_scale = program.buffer({program.batch().most_rows()});
  program.record(
      "sparse_linear",
      [=, &x](const ExecContext& ctx) {
        csr_times_dense<T>(ctx, {.x = x.view<T>().by_row,
                                 .weight = weight.value<T>(),
                                 .bias = bias.value<T>().data,
                                 .normalization = normalization,
                                 .activation = activation,
                                 .y = out.value<T>(),
                                 .row_scale = row_scale.data<T>()});
      },
      [=, &x](const ExecContext& ctx) {
        const MatrixView<T> gradient = out.gradient<T>();
        csr_times_dense_backward<T>(ctx, {.y = out.value<T>(),
                                          .dy = gradient,
                                          .row_scale = row_scale.data<T>(),
                                          .activation = activation,
                                          .scaled = gradient,
                                          .bias_gradient = db.data<T>()});
        if (!dw.wanted()) return;
        const SparseRows<T>& input = x.view<T>();
        csc_gather_gradient<T>(ctx, {.pattern = input.by_column,
                                     .coefficient = input.by_row.value + input.by_row.first,
                                     .source = gradient,
                                     .gradient = dw.view<T>()});
      });
  return out;
}

template <class T>
Variable record_observed_prediction(Program& program, const SparseField& cells,
                                    const Variable& hidden, const Variable& weight,
                                    const Variable& bias) {
  const Variable prediction = program.entries(cells);
  program.record("observed_prediction", [=, &cells](const ExecContext& ctx) {
    observed_prediction<T>(ctx, {.hidden = hidden.value<T>(),
                                 .weight = weight.value<T>(),
                                 .bias = bias.value<T>().data,
                                 .cells = cells.view<T>().by_row,
                                 .prediction = prediction.value<T>().data});
  });
  return prediction;
}

template <class T>
void record_observed_loss(Program& program, const LossTerm& loss, const SparseField& target,
                          const Variable& hidden, const Variable& weight, const Variable& bias) {
  if (loss.weight != 1) throw std::logic_error("observed_loss: a weight other than 1");
  const GradientShare dh = program.share(hidden, {.in = WrittenIn::forward, .always = true});
  const GradientShare dw = program.share(weight, {.always = true});
  const GradientShare db = program.share(bias);
  const Tensor dp = program.buffer({target.most_entries});
  program.record(
      "observed_loss",
      [=, &target](const ExecContext& ctx) {
        observed_loss<T>(ctx, {.hidden = hidden.value<T>(),
                               .weight = weight.value<T>(),
                               .bias = bias.value<T>().data,
                               .target = target.view<T>().by_row,
                               .loss = loss.sums,
                               .prediction_gradient = dp.data<T>(),
                               .hidden_gradient = dh.view<T>()});
      },
      [=, &target](const ExecContext& ctx) {
        if (!dw.wanted() && !db.wanted()) return;
        csc_gather_gradient<T>(ctx, {.pattern = target.view<T>().by_column,
                                     .coefficient = dp.data<T>(),
                                     .source = hidden.value<T>(),
                                     .gradient = dw.view<T>(),
                                     .column_sum = db.data<T>()});
      });
}

template <class T>
Variable record_scatter_rows(Program& program, const SparseField& x,
                             const SparsityNormalization& normalization) {
  const Variable out = program.rows({x.columns});
  program.record("scatter_rows", [=, &x](const ExecContext& ctx) {
    scatter_rows<T>(ctx,
                    {.x = x.view<T>().by_row, .normalization = normalization, .y = out.value<T>()});
  });
  return out;
}

template <class T>
void record_entry_error(Program& program, const LossTerm& loss, const Variable& prediction,
                        const SparseField& target) {
  const GradientShare gradient =
      program.share(prediction, {.in = WrittenIn::forward, .always = true});
  program.record("entry_error", [=, &target](const ExecContext& ctx) {
    entry_error<T>(ctx, {.prediction = prediction.value<T>(),
                         .target = target.view<T>().by_row,
                         .loss = loss.sums,
                         .gradient = gradient.view<T>()});
  });
}

}  // namespace

Variable sparse_linear(Program& program, const SparseField& x, const Variable& weight,
                       const Variable& bias, const SparsityNormalization& normalization,
                       Activation activation) {
  return with_dtype(program.dtype(), [&]<class T>() {
    return record_sparse_linear<T>(program, x, weight, bias, normalization, activation);
  });
}

Variable observed_prediction(Program& program, const SparseField& cells, const Variable& hidden,
                             const Variable& weight, const Variable& bias) {
  return with_dtype(program.dtype(), [&]<class T>() {
    return record_observed_prediction<T>(program, cells, hidden, weight, bias);
  });
}

Variable scatter_rows(Program& program, const SparseField& x,
                      const SparsityNormalization& normalization) {
  return with_dtype(program.dtype(),
                    [&]<class T>() { return record_scatter_rows<T>(program, x, normalization); });
}

void entry_error(Program& program, const LossTerm& loss, const Variable& prediction,
                 const SparseField& target) {
  if (loss.weight != 1) throw std::logic_error("entry_error: a weight other than 1");
  check("entry_error", "columns of predictions", prediction.columns(), target.columns);
  with_dtype(program.dtype(),
             [&]<class T>() { record_entry_error<T>(program, loss, prediction, target); });
}

void observed_loss(Program& program, const LossTerm& loss, const SparseField& target,
                   const Variable& hidden, const Variable& weight, const Variable& bias) {
  with_dtype(program.dtype(), [&]<class T>() {
    record_observed_loss<T>(program, loss, target, hidden, weight, bias);
  });
}

}  // namespace lacuna::ops
