// The dense product: its zeros cost half the operations, and save the launches of a product a
// block, which a batch's size does not fill.
#include "kernels/core/device_kernel.hpp"
#include "kernels/dense/gemm.hpp"
#include "kernels/masked/staircase_product.hpp"

namespace lacuna::LACUNA_DEVICE {

extern template struct Kernel<Gemm>;  // its own file has it

void compute(Here, const ExecContext& ctx, const StaircaseProduct<float>& op) {
  gemm<float>(ctx,
              {.a = op.a,
               .b = op.b,
               .c = op.c,
               .transpose_a = op.form == StaircaseForm::to_weights ? Transpose::yes : Transpose::no,
               .transpose_b = op.form == StaircaseForm::to_inputs ? Transpose::yes : Transpose::no,
               .beta = op.beta});
}

template struct Kernel<StaircaseProduct>;

}  // namespace lacuna::LACUNA_DEVICE
