#include "runtime/layers/linear.hpp"

#include "kernels/dense/bias_activation.hpp"
#include "kernels/dense/gemm.hpp"
#include "kernels/sparse/sparsity_normalize.hpp"

namespace lacuna {

template <class T>
Linear<T>::Linear(DeviceContext& context, const std::string& name, std::int64_t inputs,
                  std::int64_t units, Activation activation)
    : activation_(activation),
      weight_(make_parameter<T>(context, name + ".weight", ParameterKind::weight, {inputs, units})),
      bias_(make_parameter<T>(context, name + ".bias", ParameterKind::bias, {units})) {}

template <class T>
Variable Linear<T>::record(Program<T>& program, const Batch<T>& batch, const Variable& x) {
  program.consume(x);
  const Variable out = program.variable(weight_.value.shape().at(1));
  program.record(
      [this, &batch, x, out](const ExecContext& ctx) {
        const MatrixView<T> y = out.value.first_rows<T>(batch.rows);
        gemm<T>(ctx,
                {.a = x.value.first_rows<T>(batch.rows), .b = weight_.value.matrix<T>(), .c = y});
        bias_activation<T>(
            ctx, {.x = y, .bias = bias_.value.data<T>(), .activation = activation_, .y = y});
      },
      [this, &batch, x, out](const ExecContext& ctx) {
        const MatrixView<T> gradient = out.gradient.first_rows<T>(batch.rows);
        bias_activation_backward<T>(ctx, {.y = out.value.first_rows<T>(batch.rows),
                                          .dy = gradient,
                                          .activation = activation_,
                                          .dx = gradient,
                                          .bias_gradient = bias_.gradient.data<T>()});
        gemm<T>(ctx, {.a = x.value.first_rows<T>(batch.rows),
                      .b = gradient,
                      .c = weight_.gradient.matrix<T>(),
                      .transpose_a = Transpose::yes});
        gemm<T>(ctx, {.a = gradient,
                      .b = weight_.value.matrix<T>(),
                      .c = x.gradient.first_rows<T>(batch.rows),
                      .transpose_b = Transpose::yes});
      });
  return out;
}

template <class T>
Variable record_sparsity_normalize(Program<T>& program, const Batch<T>& batch, const Variable& x,
                                   const Tensor& mask, const SparsityNormalization& normalization) {
  program.consume(x);
  const Variable out = program.variable(x.value.shape().at(1));
  const Tensor scale = program.buffer({program.capacity().rows});
  const auto mask_rows = [mask, &batch] {
    return mask.defined() ? mask.first_rows<T>(batch.rows) : MatrixView<T>{};
  };
  program.record(
      [=, &batch](const ExecContext& ctx) {
        sparsity_normalize<T>(ctx, {.x = x.value.first_rows<T>(batch.rows),
                                    .mask = mask_rows(),
                                    .normalization = normalization,
                                    .y = out.value.first_rows<T>(batch.rows),
                                    .scale = scale.data<T>()});
      },
      [=, &batch](const ExecContext& ctx) {
        sparsity_normalize_backward<T>(ctx, {.dy = out.gradient.first_rows<T>(batch.rows),
                                             .mask = mask_rows(),
                                             .scale = scale.data<T>(),
                                             .dx = x.gradient.first_rows<T>(batch.rows)});
      });
  return out;
}

template class Linear<float>;
template class Linear<double>;
template Variable record_sparsity_normalize(Program<float>&, const Batch<float>&, const Variable&,
                                            const Tensor&, const SparsityNormalization&);
template Variable record_sparsity_normalize(Program<double>&, const Batch<double>&, const Variable&,
                                            const Tensor&, const SparsityNormalization&);

}  // namespace lacuna
