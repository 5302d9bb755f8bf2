#include "runtime/ops/masked_ops.hpp"

#include "kernels/masked/rearrange.hpp"
#include "kernels/masked/staircase_product.hpp"
#include "kernels/masked/visible_normalize.hpp"
#include "runtime/ops/shapes.hpp"

namespace lacuna::ops {

namespace {

/// What kernels take, when they are called: the batch says which step it is.
template <class T>
struct MasksOfStep {
  MaskTables tables;
  MaskNumber number;
  const Batch* batch;

  LayerMasks<T> operator()() const {
    const auto places = [](const Tensor& table) -> const std::int32_t* {
      return table.defined() ? table.data<std::int32_t>() : nullptr;
    };
    return {.choice = {.masks = tables.masks,
                       .step = number == nullptr ? &batch->input->step : nullptr,
                       .number = number == nullptr ? 0 : *number},
            .input_order = places(tables.input_order),
            .unit_order = places(tables.unit_order),
            .depth = places(tables.depth),
            .scale = tables.scale.defined() ? tables.scale.data<T>() : nullptr};
  }
};

template <class T>
Variable record_by_places(Program& program, const Variable& x, const MasksOfStep<T>& masks) {
  const GradientShare dx = program.share(x, {.can_add = true});
  const Variable y = like(program, x);
  program.record(
      "by_places",
      [=](const ExecContext& ctx) {
        rearrange<T>(ctx, {.x = x.value<T>(), .masks = masks(), .y = y.value<T>()});
      },
      [=](const ExecContext& ctx) {
        if (!dx.wanted()) return;
        rearrange_backward<T>(
            ctx,
            {.dy = y.gradient<T>(), .masks = masks(), .accumulate = dx.adds(), .dx = dx.view<T>()});
      });
  return y;
}

template <class T>
Variable record_product(Program& program, const Variable& x, const Variable& weight,
                        const MasksOfStep<T>& masks) {
  check("masked_product", "columns of rows", x.columns(), weight.tensor().shape().at(0));
  const GradientShare dx = program.share(x, {.can_add = true});
  const GradientShare dw = program.share(weight);
  const Variable y = rows_like(program, x, weight.columns());
  program.record(
      "masked_product",
      [=](const ExecContext& ctx) {
        staircase_product<T>(ctx, {.form = StaircaseForm::forward,
                                   .a = x.value<T>(),
                                   .b = weight.value<T>(),
                                   .masks = masks(),
                                   .c = y.value<T>()});
      },
      [=](const ExecContext& ctx) {
        if (dw.wanted()) {
          staircase_product<T>(ctx, {.form = StaircaseForm::to_weights,
                                     .a = x.value<T>(),
                                     .b = y.gradient<T>(),
                                     .masks = masks(),
                                     .c = dw.view<T>()});
        }
        if (dx.wanted()) {
          staircase_product<T>(ctx, {.form = StaircaseForm::to_inputs,
                                     .a = y.gradient<T>(),
                                     .b = weight.value<T>(),
                                     .masks = masks(),
                                     .beta = dx.adds() ? T(1) : T(0),
                                     .c = dx.view<T>()});
        }
      });
  return y;
}

template <class T>
Variable record_visible_normalize(Program& program, const Variable& x, const Variable& a,
                                  const Tensor& k, const MasksOfStep<T>& masks) {
  const GradientShare da = program.share(a);
  const Variable y = like(program, a);
  const Variable scale = program.input(program.buffer(a.tensor().shape()), a.node()->extent);
  program.record(
      "visible_normalize",
      [=](const ExecContext& ctx) {
        visible_normalize<T>(ctx, {.x = x.value<T>(),
                                   .a = a.value<T>(),
                                   .masks = masks(),
                                   .k = k.data<T>(),
                                   .y = y.value<T>(),
                                   .scale = scale.value<T>()});
      },
      [=](const ExecContext& ctx) {
        if (!da.wanted()) return;
        visible_normalize_backward<T>(
            ctx, {.dy = y.gradient<T>(), .scale = scale.value<T>(), .da = da.view<T>()});
      });
  return y;
}

template <class T>
MasksOfStep<T> masks_of(const Program& program, const MaskTables& tables,
                        const MaskNumber& number) {
  return {tables, number, &program.batch()};
}

}  // namespace

Variable by_places(Program& program, const Variable& x, const MaskTables& tables,
                   const MaskNumber& number) {
  return with_dtype(program.dtype(), [&]<class T>() {
    return record_by_places<T>(program, x, masks_of<T>(program, tables, number));
  });
}

Variable masked_product(Program& program, const Variable& x, const Variable& weight,
                        const MaskTables& tables, const MaskNumber& number) {
  return with_dtype(program.dtype(), [&]<class T>() {
    return record_product<T>(program, x, weight, masks_of<T>(program, tables, number));
  });
}

Variable visible_normalize(Program& program, const Variable& x, const Variable& a,
                           const MaskTables& tables, const Tensor& k, const MaskNumber& number) {
  return with_dtype(program.dtype(), [&]<class T>() {
    return record_visible_normalize<T>(program, x, a, k, masks_of<T>(program, tables, number));
  });
}

}  // namespace lacuna::ops
