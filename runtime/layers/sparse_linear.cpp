#include "runtime/layers/sparse_linear.hpp"

#include "kernels/sparse/csc_gather_gradient.hpp"

namespace lacuna {

template <class T>
SparseLinear<T>::SparseLinear(DeviceContext& context, const std::string& name,
                              const Settings& settings)
    : settings_(settings),
      weight_(make_parameter<T>(context, name + ".weight", ParameterKind::weight,
                                {settings.inputs, settings.units})),
      bias_(make_parameter<T>(context, name + ".bias", ParameterKind::bias, {settings.units})) {}

template <class T>
Variable SparseLinear<T>::record(Program<T>& program, const Batch<T>& batch) {
  const Variable out = program.variable(settings_.units);
  const Tensor row_scale = program.buffer({program.capacity().rows});
  program.record(
      [this, &batch, out, row_scale](const ExecContext& ctx) {
        csr_times_dense<T>(ctx, {.x = batch.input.by_row,
                                 .weight = weight_.value.matrix<T>(),
                                 .bias = bias_.value.data<T>(),
                                 .normalization = settings_.normalization,
                                 .activation = settings_.activation,
                                 .y = out.value.first_rows<T>(batch.rows),
                                 .row_scale = row_scale.data<T>()});
      },
      [this, &batch, out, row_scale](const ExecContext& ctx) {
        const MatrixView<T> gradient = out.gradient.first_rows<T>(batch.rows);
        csr_times_dense_backward<T>(ctx, {.y = out.value.first_rows<T>(batch.rows),
                                          .dy = gradient,
                                          .row_scale = row_scale.data<T>(),
                                          .activation = settings_.activation,
                                          .scaled = gradient,
                                          .bias_gradient = bias_.gradient.data<T>()});
        const CsrView<T>& input = batch.input.by_row;
        csc_gather_gradient<T>(ctx, {.pattern = batch.input.by_column,
                                     .coefficient = input.value + input.first,
                                     .source = gradient,
                                     .gradient = weight_.gradient.matrix<T>()});
      });
  return out;
}

template class SparseLinear<float>;
template class SparseLinear<double>;

}  // namespace lacuna
