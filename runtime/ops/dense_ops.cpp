#include "runtime/ops/dense_ops.hpp"

#include <array>

#include "kernels/dense/add.hpp"
#include "kernels/dense/bias_activation.hpp"
#include "kernels/dense/dropout.hpp"
#include "kernels/dense/gemm.hpp"
#include "kernels/dense/impute.hpp"
#include "kernels/sparse/sparsity_normalize.hpp"
#include "runtime/ops/shapes.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna::ops {

namespace {

/// f(X op(W) + b).
template <class T>
Variable record_linear(Program& program, const Variable& x, const Variable& weight,
                       const Variable& bias, Activation activation, Transpose transpose) {
  const bool transposed = transpose == Transpose::yes;
  const Shape& shape = weight.tensor().shape();
  const std::int64_t units = shape.at(transposed ? 0 : 1);
  check("linear", "columns of rows", x.columns(), shape.at(transposed ? 1 : 0));
  if (bias.defined()) check("linear", "biases", bias.tensor().size(), units);
  const GradientShare dx = program.share(x, {.can_add = true});
  const GradientShare dw = program.share(weight, {.can_add = true});
  const GradientShare db = bias.defined() ? program.share(bias) : GradientShare();
  const Variable out = rows_like(program, x, units);
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
Variable record_bias(Program& program, const Variable& x, const Variable& b,
                     Activation activation) {
  check("bias", "biases", b.tensor().size(), x.columns());
  const GradientShare dx = program.share(x, {.always = true});
  const GradientShare db = program.share(b);
  const Variable out = program.rows({x.columns()});
  program.record(
      "bias",
      [=](const ExecContext& ctx) {
        bias_activation<T>(ctx, {.x = x.value<T>(),
                                 .bias = b.value<T>().data,
                                 .activation = activation,
                                 .y = out.value<T>()});
      },
      [=](const ExecContext& ctx) {
        bias_activation_backward<T>(ctx, {.y = out.value<T>(),
                                          .dy = out.gradient<T>(),
                                          .activation = activation,
                                          .dx = dx.view<T>(),
                                          .bias_gradient = db.data<T>()});
      });
  return out;
}

template <class T>
Variable record_sparsity_normalize(Program& program, const Variable& x, const Tensor& mask,
                                   const SparsityNormalization& normalization) {
  if (mask.defined())
    check("sparsity_normalize", "cells of a mask", mask.size(), x.tensor().size());
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

template <class T>
Variable record_impute(Program& program, const DenseField& x, const Imputation& imputation) {
  const Variable value = program.input(x.value);
  if (!imputation.fill.empty()) {
    check("impute", "numbers to fill in", std::ssize(imputation.fill), value.columns());
  }
  const Variable observed = x.observed.defined() ? program.input(x.observed) : Variable();
  const Tensor fill = imputation.fill.empty() ? Tensor() : program.constant(imputation.fill);
  const Variable out =
      program.rows({value.columns() * (imputation.indicators == Indicate::nothing ? 1 : 2)});
  const SparsityNormalization normalization = imputation.normalization;
  const Tensor scales =
      normalization.enabled() ? program.buffer({program.batch().most_rows()}) : Tensor();
  program.record("impute", [=, scale = imputation.scale,
                            indicators = imputation.indicators](const ExecContext& ctx) {
    const MatrixView<T> seen = observed.defined() ? observed.value<T>() : MatrixView<T>{};
    const MatrixView<T> y = out.value<T>();
    impute<T>(ctx, {.x = value.value<T>(),
                    .observed = seen,
                    .fill = fill.defined() ? fill.data<T>() : nullptr,
                    .scale = static_cast<T>(scale),
                    .indicators = indicators,
                    .y = y});
    if (!scales.defined()) return;
    const bool by_mask = normalization.count_by == CountBy::mask;
    sparsity_normalize<T>(ctx, {.x = value.value<T>(),
                                .mask = by_mask ? seen : MatrixView<T>{},
                                .normalization = normalization,
                                .y = {y.data, y.rows, value.columns(), y.stride},
                                .scale = scales.data<T>()});
  });
  return out;
}

template <class T>
Variable record_dropout(Program& program, const Variable& x, const DropoutOptions& options,
                        const RandomStream& stream) {
  const GradientShare dx = program.share(x, {.can_add = true});
  const Variable out = program.rows({x.columns()});
  const Tensor mask = program.buffer(DType::u8, out.tensor().shape());
  SparsityNormalization normalization;
  Tensor scale;
  if (options.scale == DropoutScale::kept) {
    normalization.k = static_cast<double>(x.columns());
    scale = program.buffer(program.dtype(), {out.tensor().shape()[0]});
  }
  program.record(
      "dropout",
      [=, &batch = program.batch()](const ExecContext& ctx) {
        dropout<T>(ctx, {.x = x.value<T>(),
                         .rate = options.rate,
                         .normalization = normalization,
                         .stream = stream,
                         .step = &batch.input->step,
                         .first_row = batch.first_row,
                         .y = out.value<T>(),
                         .mask = mask.data<std::uint8_t>(),
                         .scale = scale.defined() ? scale.data<T>() : nullptr});
      },
      [=](const ExecContext& ctx) {
        dropout_backward<T>(ctx, {.dy = out.gradient<T>(),
                                  .rate = options.rate,
                                  .mask = mask.data<std::uint8_t>(),
                                  .scale = scale.defined() ? scale.data<T>() : nullptr,
                                  .accumulate = dx.adds(),
                                  .dx = dx.view<T>()});
      });
  return out;
}

template <class T>
std::span<const T> elements(const MatrixView<T>& x) {
  return {x.data, static_cast<std::size_t>(x.size())};
}

template <class T>
Variable record_sum(Program& program, const Variable& a, const Variable& b) {
  check("sum", "columns", a.columns(), b.columns());
  const std::array shares{program.share(a, {.can_add = true}), program.share(b, {.can_add = true})};
  const Variable y = like(program, a);
  const auto put = [](const ExecContext& ctx, const MatrixView<T>& from, T* to) {
    ctx.runtime->copy(to, from.data, static_cast<std::size_t>(from.size()) * sizeof(T));
  };
  program.record(
      "sum",
      [=](const ExecContext& ctx) {
        put(ctx, a.value<T>(), y.value<T>().data);
        add<T>(ctx, {.x = elements(b.value<T>()), .y = y.value<T>().data});
      },
      [=](const ExecContext& ctx) {
        const MatrixView<T> dy = y.gradient<T>();
        for (const GradientShare& share : shares) {
          if (!share.wanted()) continue;
          if (share.adds()) {
            add<T>(ctx, {.x = elements(dy), .y = share.view<T>().data});
          } else {
            put(ctx, dy, share.view<T>().data);
          }
        }
      });
  return y;
}

template <class T>
Variable record_scale_rows(Program& program, const Variable& x, const Tensor& scale) {
  const Variable y = like(program, x);
  program.record("scale_rows", [=](const ExecContext& ctx) {
    sparsity_normalize_backward<T>(
        ctx, {.dy = x.value<T>(), .mask = {}, .scale = scale.data<T>(), .dx = y.value<T>()});
  });
  return y;
}

}  // namespace

Variable impute(Program& program, const DenseField& x, const Imputation& imputation) {
  return with_dtype(program.dtype(),
                    [&]<class T>() { return record_impute<T>(program, x, imputation); });
}

Variable dropout(Program& program, const Variable& x, const DropoutOptions& options,
                 std::uint64_t seed, std::uint32_t layer) {
  if (options.rate == 0 || !program.trains()) return x;
  const RandomStream stream{seed, purpose::dropout + layer, 0};
  return with_dtype(program.dtype(),
                    [&]<class T>() { return record_dropout<T>(program, x, options, stream); });
}

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

Variable bias(Program& program, const Variable& x, const Variable& b, Activation activation) {
  return with_dtype(program.dtype(),
                    [&]<class T>() { return record_bias<T>(program, x, b, activation); });
}

Variable sparsity_normalize(Program& program, const Variable& x, const Tensor& mask,
                            const SparsityNormalization& normalization) {
  return with_dtype(program.dtype(), [&]<class T>() {
    return record_sparsity_normalize<T>(program, x, mask, normalization);
  });
}

Variable sum(Program& program, const Variable& a, const Variable& b) {
  return with_dtype(program.dtype(), [&]<class T>() { return record_sum<T>(program, a, b); });
}

Variable scale_rows(Program& program, const Variable& x, const Tensor& scale) {
  return with_dtype(program.dtype(),
                    [&]<class T>() { return record_scale_rows<T>(program, x, scale); });
}

}  // namespace lacuna::ops
