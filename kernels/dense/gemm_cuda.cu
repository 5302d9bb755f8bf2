// Products by cuBLASLt; what is left without one (an empty inner extent) is an elementwise kernel.
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/row_tiles.cuh"
#include "kernels/dense/gemm.hpp"
#include "kernels/dense/product_plans.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

/// C = beta C + bias.
template <int Width>
__global__ void scale_and_shift(MatrixView<float> c, float beta, const float* bias,
                                RowTiles<Width> tiles) {
  const std::int64_t column = tiles.column();
  if (column >= c.cols) return;
  Pack<Width> shift = {};
  if (bias != nullptr) shift = load<Width>(bias + column);
  tiles.for_rows(c.rows, [&](int, std::int64_t r) {
    Pack<Width> cells = shift;
    if (beta != 0.0F) {
      const auto before = load<Width>(c.row(r) + column);
      for (int j = 0; j < Width; ++j) cells.x[j] = std::fma(beta, before.x[j], shift.x[j]);
    }
    store<Width>(c.row(r) + column, cells);
  });
}

void without_product(const ExecContext& ctx, const Gemm<float>& op) {
  with_width(fits_packs(op.c) && fits_packs(op.bias),
             [&]<int Width>(std::integral_constant<int, Width>) {
               const RowTiles<Width> tiles(op.c.cols);
               launch(ctx, "gemm", tiles.grid(op.c.rows, op.c.cols), tiles.threads,
                      scale_and_shift<Width>, op.c, op.beta, op.bias, tiles);
             });
}

ProductPlans& plans_of(DeviceRuntime& runtime) {
  if (runtime.blas == nullptr) runtime.blas = std::make_shared<ProductPlans>();
  return *static_cast<ProductPlans*>(runtime.blas.get());
}

void multiply(const ExecContext& ctx, const Gemm<float>& op) {
  ProductPlans& plans = plans_of(*ctx.runtime);
  const ProductPlan& plan = plans.plan(op);
  if (op.bias != nullptr) {
    check_blas(cublaslt().desc_set(plan.desc.get(), CUBLASLT_MATMUL_DESC_BIAS_POINTER, &op.bias,
                                   sizeof op.bias),
               "a bias");
  }
  void* workspace = ctx.scratch->reserve(plan.chosen.workspaceSize);
  check_blas(cublaslt().matmul(plans.handle(), plan.desc.get(), &op.alpha, op.b.data, plan.a.get(),
                               op.a.data, plan.b.get(), &op.beta, op.c.data, plan.c.get(),
                               op.c.data, plan.c.get(), &plan.chosen.algo, workspace,
                               plan.chosen.workspaceSize, stream_of(ctx)),
             "a product");
}

}  // namespace

void compute(Here, const ExecContext& ctx, const Gemm<float>& op) {
  if (op.c.size() == 0) return;
  if (op.a.size() == 0) return without_product(ctx, op);
  if (fits_packs(op.bias)) return multiply(ctx, op);
  // cuBLASLt may read a bias 16 bytes at a time and cannot be told that this one is not aligned.
  Gemm<float> product = op;
  product.bias = nullptr;
  multiply(ctx, product);
  Gemm<float> shift = op;
  shift.beta = 1;
  without_product(ctx, shift);
}

template struct Kernel<Gemm>;

}  // namespace lacuna::LACUNA_DEVICE
