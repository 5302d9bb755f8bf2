// cuBLASLt's products over the CPU's gemm, put on a stream as kernels are.
#include <cstring>

#include "kernels/dense/cublaslt.hpp"
#include "kernels/dense/gemm.hpp"
#include "kernels/emulation/cublaslt_objects.hpp"
#include "kernels/emulation/machine.hpp"

namespace lacuna::emulation {

namespace {

struct Layouts {
  const MatrixLayout *a, *b, *c, *d;
};

bool fit(const MatmulDesc& desc, const Layouts& layouts) {
  const auto& [a, b, c, d] = layouts;
  const bool ta = desc.transpose_a == CUBLAS_OP_T;
  const bool tb = desc.transpose_b == CUBLAS_OP_T;
  for (const MatrixLayout* each : {a, b, c, d}) {
    if (each->rows <= 0 || each->cols <= 0 || each->ld < each->rows) return false;
  }
  return (ta ? a->cols : a->rows) == d->rows && (tb ? b->rows : b->cols) == d->cols &&
         (ta ? a->rows : a->cols) == (tb ? b->cols : b->rows) && c->rows == d->rows &&
         c->cols == d->cols;
}

/// What stands in the way of the product.
cublasStatus_t problem(cublasLtHandle_t handle, cublasLtMatmulDesc_t desc, const Layouts& layouts) {
  const std::scoped_lock lock(library().mutex);
  if (!library().handles.know(handle)) return CUBLAS_STATUS_NOT_INITIALIZED;
  if (!library().descs.know(desc)) return CUBLAS_STATUS_INVALID_VALUE;
  for (const MatrixLayout* each : {layouts.a, layouts.b, layouts.c, layouts.d}) {
    if (!library().layouts.know(each)) return CUBLAS_STATUS_INVALID_VALUE;
    if (each->type != CUDA_R_32F) return CUBLAS_STATUS_NOT_SUPPORTED;
  }
  if (desc->compute != CUBLAS_COMPUTE_32F || desc->scale != CUDA_R_32F) {
    return CUBLAS_STATUS_NOT_SUPPORTED;
  }
  return fit(*desc, layouts) ? CUBLAS_STATUS_SUCCESS : CUBLAS_STATUS_INVALID_VALUE;
}

/// In the row-major order of gemm: D^T = op(B)^T op(A)^T.
Gemm<float> product(const MatmulDesc& desc, const Layouts& layouts, const void* a, const void* b,
                    void* d) {
  Gemm<float> op;
  op.a = layouts.b->view(static_cast<const float*>(b));
  op.b = layouts.a->view(static_cast<const float*>(a));
  op.c = layouts.d->view(static_cast<float*>(d));
  op.transpose_a = desc.transpose_b == CUBLAS_OP_T ? Transpose::yes : Transpose::no;
  op.transpose_b = desc.transpose_a == CUBLAS_OP_T ? Transpose::yes : Transpose::no;
  const bool biased = desc.epilogue == CUBLASLT_EPILOGUE_BIAS;
  op.bias = biased ? static_cast<const float*>(desc.bias) : nullptr;
  return op;
}

void multiply(const Gemm<float>& op, MatrixView<const float> c) {
  for (std::int64_t r = 0; op.beta != 0 && c.data != op.c.data && r < c.rows; ++r) {
    std::memcpy(op.c.row(r), c.row(r), static_cast<std::size_t>(c.cols) * sizeof(float));
  }
  cpu::Kernel<Gemm>::run({}, op);
}

}  // namespace

}  // namespace lacuna::emulation

inline namespace emulated_cuda {

using namespace lacuna::emulation;

cublasStatus_t cublasLtMatmulAlgoGetHeuristic(cublasLtHandle_t handle, cublasLtMatmulDesc_t desc,
                                              cublasLtMatrixLayout_t a, cublasLtMatrixLayout_t b,
                                              cublasLtMatrixLayout_t c, cublasLtMatrixLayout_t d,
                                              cublasLtMatmulPreference_t, int requested,
                                              cublasLtMatmulHeuristicResult_t results[],
                                              int* returned) {
  if (requested < 1 || results == nullptr || returned == nullptr) {
    return CUBLAS_STATUS_INVALID_VALUE;
  }
  *returned = 0;
  const cublasStatus_t status = problem(handle, desc, {a, b, c, d});
  if (status != CUBLAS_STATUS_SUCCESS) return status;
  results[0] = {};
  *returned = 1;
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatmul(cublasLtHandle_t handle, cublasLtMatmulDesc_t desc, const void* alpha,
                              const void* a, cublasLtMatrixLayout_t a_layout, const void* b,
                              cublasLtMatrixLayout_t b_layout, const void* beta, const void* c,
                              cublasLtMatrixLayout_t c_layout, void* d,
                              cublasLtMatrixLayout_t d_layout, const cublasLtMatmulAlgo_t*, void*,
                              std::size_t, cudaStream_t stream) {
  const Layouts layouts{a_layout, b_layout, c_layout, d_layout};
  const cublasStatus_t status = problem(handle, desc, layouts);
  if (status != CUBLAS_STATUS_SUCCESS) return status;
  if (alpha == nullptr || beta == nullptr) return CUBLAS_STATUS_INVALID_VALUE;
  auto op = product(*desc, layouts, a, b, d);
  std::memcpy(&op.alpha, alpha, sizeof op.alpha);
  std::memcpy(&op.beta, beta, sizeof op.beta);
  const auto before = c_layout->view(static_cast<const float*>(c));
  const auto on_device = [&](const Allocations& memory) {
    return memory.hold(a, a_layout->bytes()) && memory.hold(b, b_layout->bytes()) &&
           memory.hold(d, d_layout->bytes()) && (op.beta == 0 || memory.hold(c, c_layout->bytes()));
  };
  const cudaError_t queued = command_on(stream, [&](Machine& there, Stream& on) {
    if (!on_device(there.device)) return cudaErrorInvalidValue;
    return there.submit(on, [op, before] { multiply(op, before); });
  });
  if (queued == cudaSuccess) return CUBLAS_STATUS_SUCCESS;
  return queued == cudaErrorInvalidValue ? CUBLAS_STATUS_INVALID_VALUE
                                         : CUBLAS_STATUS_EXECUTION_FAILED;
}

}  // namespace emulated_cuda

namespace lacuna::emulated {

const CublasLt& cublaslt() {
  static constexpr CublasLt library{cublasLtGetStatusName,
                                    cublasLtCreate,
                                    cublasLtDestroy,
                                    cublasLtMatmulDescCreate,
                                    cublasLtMatmulDescDestroy,
                                    cublasLtMatmulDescSetAttribute,
                                    cublasLtMatrixLayoutCreate,
                                    cublasLtMatrixLayoutDestroy,
                                    cublasLtMatmulPreferenceCreate,
                                    cublasLtMatmulPreferenceDestroy,
                                    cublasLtMatmulPreferenceSetAttribute,
                                    cublasLtMatmulAlgoGetHeuristic,
                                    cublasLtMatmul};
  return library;
}

}  // namespace lacuna::emulated
