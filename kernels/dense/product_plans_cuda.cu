// Plans of products: descriptors and cuBLASLt's choice of algorithm, see product_plans.hpp.
#include "kernels/dense/product_plans.hpp"

#include "kernels/core/device_runtime.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

constexpr std::size_t workspace_bytes = 32 << 20;  // what NVIDIA advises for Hopper

std::string text(const Gemm<float>& op) {
  const std::int64_t k = op.transpose_a == Transpose::yes ? op.a.rows : op.a.cols;
  return "the product of " + std::to_string(op.c.rows) + " x " + std::to_string(k) + " and " +
         std::to_string(k) + " x " + std::to_string(op.c.cols);
}

/// The largest power of two, up to 256, that the address is a multiple of; 256 for nullptr.
std::uint32_t alignment_of(const float* p) {
  const auto address = reinterpret_cast<std::uintptr_t>(p) | 256;
  return static_cast<std::uint32_t>(address & (~address + 1));
}

template <class T>
void set(cublasLtMatmulDesc_t desc, cublasLtMatmulDescAttributes_t attribute, const T& value) {
  check_blas(cublaslt().desc_set(desc, attribute, &value, sizeof value), "describing a product");
}

Owned<cublasLtMatmulDesc_t> describe(const Gemm<float>& op) {
  cublasLtMatmulDesc_t desc = nullptr;
  // Plain float: no TF32.
  check_blas(cublaslt().desc_create(&desc, CUBLAS_COMPUTE_32F, CUDA_R_32F), "describing a product");
  Owned<cublasLtMatmulDesc_t> owned(desc, cublaslt().desc_destroy);
  const auto operation = [](Transpose t) {
    return t == Transpose::yes ? CUBLAS_OP_T : CUBLAS_OP_N;
  };
  set(desc, CUBLASLT_MATMUL_DESC_TRANSA, operation(op.transpose_b));
  set(desc, CUBLASLT_MATMUL_DESC_TRANSB, operation(op.transpose_a));
  if (op.bias != nullptr) {
    set(desc, CUBLASLT_MATMUL_DESC_EPILOGUE, CUBLASLT_EPILOGUE_BIAS);
    set(desc, CUBLASLT_MATMUL_DESC_BIAS_POINTER, op.bias);
  }
  return owned;
}

/// A row-major matrix is its transpose column by column.
Owned<cublasLtMatrixLayout_t> layout_of(const MatrixView<const float>& m) {
  cublasLtMatrixLayout_t layout = nullptr;
  check_blas(cublaslt().layout_create(&layout, CUDA_R_32F, static_cast<std::uint64_t>(m.cols),
                                      static_cast<std::uint64_t>(m.rows), m.stride),
             "describing a matrix");
  return {layout, cublaslt().layout_destroy};
}

}  // namespace

void check_blas(cublasStatus_t status, const std::string& what) {
  if (status == CUBLAS_STATUS_SUCCESS) return;
  throw DeviceError("cuBLASLt refused " + what + ": " + cublaslt().status_name(status));
}

ProductPlans::ProductPlans() : handle_(nullptr, cublaslt().destroy) {
  cublasLtHandle_t handle = nullptr;
  check_blas(cublaslt().create(&handle), "to start");
  handle_.reset(handle);
}

ProductPlans::Key ProductPlans::key_of(const Gemm<float>& op) {
  return {op.c.rows,
          op.c.cols,
          op.transpose_a == Transpose::yes ? op.a.rows : op.a.cols,
          op.a.stride,
          op.b.stride,
          op.c.stride,
          op.transpose_a == Transpose::yes,
          op.transpose_b == Transpose::yes,
          op.bias != nullptr,
          alignment_of(op.a.data),
          alignment_of(op.b.data),
          alignment_of(op.c.data),
          alignment_of(op.bias)};
}

ProductPlan& ProductPlans::plan(const Gemm<float>& op) {
  const Key key = key_of(op);
  auto found = plans_.find(key);
  if (found == plans_.end()) found = plans_.emplace(key, make(op)).first;
  return found->second;
}

ProductPlan ProductPlans::make(const Gemm<float>& op) const {
  ProductPlan plan{describe(op), layout_of(op.b), layout_of(op.a), layout_of(op.c), {}};
  plan.chosen = choose(op, plan);
  return plan;
}

cublasLtMatmulHeuristicResult_t ProductPlans::choose(const Gemm<float>& op,
                                                     const ProductPlan& plan) const {
  const CublasLt& lt = cublaslt();
  cublasLtMatmulPreference_t preference = nullptr;
  check_blas(lt.preference_create(&preference), "a preference");
  const Owned<cublasLtMatmulPreference_t> owned(preference, lt.preference_destroy);
  const auto prefer = [&](cublasLtMatmulPreferenceAttributes_t attribute, auto value) {
    check_blas(lt.preference_set(preference, attribute, &value, sizeof value), "a preference");
  };
  prefer(CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, std::uint64_t{workspace_bytes});
  prefer(CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES, alignment_of(op.b.data));
  prefer(CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES, alignment_of(op.a.data));
  prefer(CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES, alignment_of(op.c.data));
  prefer(CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES, alignment_of(op.c.data));
  cublasLtMatmulHeuristicResult_t result = {};
  int found = 0;
  check_blas(lt.heuristic(handle_.get(), plan.desc.get(), plan.a.get(), plan.b.get(), plan.c.get(),
                          plan.c.get(), preference, 1, &result, &found),
             text(op));
  check_blas(found > 0 ? result.state : CUBLAS_STATUS_NOT_SUPPORTED, text(op));
  return result;
}

}  // namespace lacuna::LACUNA_DEVICE
