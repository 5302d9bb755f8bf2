#include "runtime/ops/dense_ops.hpp"

#include "kernels/dense/bias_activation.hpp"
#include "kernels/dense/gemm.hpp"
#include "kernels/sparse/sparsity_normalize.hpp"

namespace lacuna::ops {

namespace {

/// f(X op(W) + b).
template <class T>
Variable record_linear(Program& program, const Variable& x, const Variable& weight,
                       const Variable& bias, Activation activation, Transpose transpose) {
  const bool transposed = transpose == Transpose::yes;
  const GradientShare dx = program.share(x, {.can_add = true});
  const GradientShare dw = program.share(weight, {.can_add = true});
  const GradientShare db = bias.defined() ? program.share(bias) : GradientShare();
  const Variable out =
      program.rows({transposed ? weight.tensor().shape().at(0) : weight.tensor().shape().at(1)});
  const bool epilogue = bias.defined() || activation != Activation::identity;
  program.record(
      "linear",
      [=](const ExecContext& ctx) {
        const MatrixView<T> y = out.value<T>();
        gemm<T>(ctx, {.a = x.value<T>(), .b = weight.value<T>(), .c = y, .transpose_b = transpose});
        if (!epilogue) return;
        bias_activation<T>(ctx, {.x = y,
                                 .bias = bias.defined() ? bias.value<T>().data : nullptr,
                                 .activation = activation,
                                 .y = y});
      },
      [=](const ExecContext& ctx) {
        const MatrixView<T> gradient = out.gradient<T>();
        if (epilogue) {
          bias_activation_backward<T>(ctx, {.y = out.value<T>(),
                                            .dy = gradient,
                                            .activation = activation,
                                            .dx = gradient,
                                            .bias_gradient = db.data<T>()});
        }
        if (dw.wanted()) {
          gemm<T>(ctx, {.a = transposed ? gradient : x.value<T>(),
                        .b = transposed ? x.value<T>() : gradient,
                        .c = dw.view<T>(),
                        .transpose_a = Transpose::yes,
                        .beta = dw.adds() ? T(1) : T(0)});
        }
        if (dx.wanted()) {
          gemm<T>(ctx, {.a = gradient,
                        .b = weight.value<T>(),
                        .c = dx.view<T>(),
                        .transpose_b = transposed ? Transpose::no : Transpose::yes,
                        .beta = dx.adds() ? T(1) : T(0)});
        }
      });
  return out;
}

template <class T>
Variable record_sparsity_normalize(Program& program, const Variable& x, const Tensor& mask,
                                   const SparsityNormalization& normalization) {
  const GradientShare dx = program.share(x);
  const Variable out = program.rows({x.columns()});
  const Variable known = mask.defined() ? program.input(mask) : Variable();
  const Tensor scale = program.buffer({program.batch().most_rows()});
  const auto rows_of_mask = [known] {
    return known.defined() ? known.value<T>() : MatrixView<T>{};
  };
  program.record(
      "sparsity_normalize",
      [=](const ExecContext& ctx) {
        sparsity_normalize<T>(ctx, {.x = x.value<T>(),
                                    .mask = rows_of_mask(),
                                    .normalization = normalization,
                                    .y = out.value<T>(),
                                    .scale = scale.data<T>()});
      },
      [=](const ExecContext& ctx) {
        sparsity_normalize_backward<T>(ctx, {.dy = out.gradient<T>(),
                                             .mask = rows_of_mask(),
                                             .scale = scale.data<T>(),
                                             .dx = dx.view<T>()});
      });
  return out;
}

}  // namespace

Variable linear(Program& program, const Variable& x, const Variable& weight, const Variable& bias,
                Activation activation) {
  return with_dtype(program.dtype(), [&]<class T>() {
    return record_linear<T>(program, x, weight, bias, activation, Transpose::no);
  });
}

Variable linear_transposed(Program& program, const Variable& x, const Variable& weight,
                           const Variable& bias, Activation activation) {
  return with_dtype(program.dtype(), [&]<class T>() {
    return record_linear<T>(program, x, weight, bias, activation, Transpose::yes);
  });
}

Variable sparsity_normalize(Program& program, const Variable& x, const Tensor& mask,
                            const SparsityNormalization& normalization) {
  return with_dtype(program.dtype(), [&]<class T>() {
    return record_sparsity_normalize<T>(program, x, mask, normalization);
  });
}

}  // namespace lacuna::ops
