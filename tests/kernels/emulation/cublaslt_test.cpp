#include <cublasLt.h>

#include <array>
#include <cmath>

#include "tests/kernels/emulation/emulated.hpp"

namespace lacuna::emulation {
namespace {

/// D = alpha op(A) op(B) + beta C + bias of m x k and k x n, column by column.
struct Product {
  std::int64_t m = 5, n = 4, k = 7;
  bool ta = false, tb = false;
  float alpha = 1, beta = 0;
  bool biased = false;
  std::int64_t gap = 0;  ///< elements between columns

  std::int64_t lda() const { return (ta ? k : m) + gap; }
  std::int64_t ldb() const { return (tb ? n : k) + gap; }
  std::int64_t ldd() const { return m + gap; }
};

std::vector<float> numbers(std::int64_t count, int seed) {
  std::vector<float> values;
  for (int i = 0; i < count; ++i) {
    values.push_back(static_cast<float>(std::sin(seed + 1.7 * i)));
  }
  return values;
}

struct Operands {
  explicit Operands(const Product& p)
      : a(numbers(p.lda() * (p.ta ? p.m : p.k), 1)),
        b(numbers(p.ldb() * (p.tb ? p.k : p.n), 2)),
        c(numbers(p.ldd() * p.n, 3)),
        bias(numbers(p.m, 4)) {}
  std::vector<float> a, b, c, bias;
};

std::vector<float> by_loops(const Product& p, const Operands& x) {
  const auto at = [](const std::vector<float>& v, std::int64_t i) {
    return static_cast<double>(v[static_cast<std::size_t>(i)]);
  };
  std::vector<float> d = x.c;
  for (std::int64_t j = 0; j < p.n; ++j) {
    for (std::int64_t i = 0; i < p.m; ++i) {
      double sum = 0;
      for (std::int64_t q = 0; q < p.k; ++q) {
        sum += at(x.a, p.ta ? q + i * p.lda() : i + q * p.lda()) *
               at(x.b, p.tb ? j + q * p.ldb() : q + j * p.ldb());
      }
      double value = static_cast<double>(p.alpha) * sum;
      if (p.beta != 0) value += static_cast<double>(p.beta) * at(x.c, i + j * p.ldd());
      if (p.biased) value += at(x.bias, i);
      d[static_cast<std::size_t>(i + j * p.ldd())] = static_cast<float>(value);
    }
  }
  return d;
}

class CublasLt : public ::testing::Test {
 protected:
  CublasLt() {
    EXPECT_EQ(cublasLtCreate(&handle_), CUBLAS_STATUS_SUCCESS);
    EXPECT_EQ(cublasLtMatmulDescCreate(&desc_, CUBLAS_COMPUTE_32F, CUDA_R_32F),
              CUBLAS_STATUS_SUCCESS);
  }
  ~CublasLt() override {
    for (const cublasLtMatrixLayout_t layout : layouts_) cublasLtMatrixLayoutDestroy(layout);
    EXPECT_EQ(cublasLtMatmulDescDestroy(desc_), CUBLAS_STATUS_SUCCESS);
    EXPECT_EQ(cublasLtDestroy(handle_), CUBLAS_STATUS_SUCCESS);
    EXPECT_EQ(cublasLtDestroy(handle_), CUBLAS_STATUS_INVALID_VALUE);
    cudaGetLastError();
  }

  cublasLtMatrixLayout_t layout(std::int64_t rows, std::int64_t cols, std::int64_t ld,
                                cudaDataType_t type = CUDA_R_32F) {
    cublasLtMatrixLayout_t layout = nullptr;
    EXPECT_EQ(cublasLtMatrixLayoutCreate(&layout, type, static_cast<std::uint64_t>(rows),
                                         static_cast<std::uint64_t>(cols), ld),
              CUBLAS_STATUS_SUCCESS);
    layouts_.push_back(layout);
    return layout;
  }
  template <class T>
  cublasStatus_t set(cublasLtMatmulDescAttributes_t attribute, T value) {
    return cublasLtMatmulDescSetAttribute(desc_, attribute, &value, sizeof value);
  }
  cublasStatus_t heuristic(cublasLtMatrixLayout_t a, cublasLtMatrixLayout_t b,
                           cublasLtMatrixLayout_t d) {
    cublasLtMatmulHeuristicResult_t result;
    int found = -1;
    const cublasStatus_t status =
        cublasLtMatmulAlgoGetHeuristic(handle_, desc_, a, b, d, d, nullptr, 1, &result, &found);
    EXPECT_EQ(found, status == CUBLAS_STATUS_SUCCESS ? 1 : 0);
    return status;
  }

  /// The product, with D in C's place or, if not, in memory of its own.
  std::vector<float> multiply(const Product& p, bool in_place) {
    const Operands host(p);
    const Array<float> a(host.a), b(host.b), c(host.c), own(host.c), bias(host.bias);
    const Array<float>& d = in_place ? c : own;
    EXPECT_EQ(set(CUBLASLT_MATMUL_DESC_TRANSA, p.ta ? CUBLAS_OP_T : CUBLAS_OP_N),
              CUBLAS_STATUS_SUCCESS);
    EXPECT_EQ(set(CUBLASLT_MATMUL_DESC_TRANSB, p.tb ? CUBLAS_OP_T : CUBLAS_OP_N),
              CUBLAS_STATUS_SUCCESS);
    EXPECT_EQ(set(CUBLASLT_MATMUL_DESC_EPILOGUE,
                  p.biased ? CUBLASLT_EPILOGUE_BIAS : CUBLASLT_EPILOGUE_DEFAULT),
              CUBLAS_STATUS_SUCCESS);
    EXPECT_EQ(set(CUBLASLT_MATMUL_DESC_BIAS_POINTER, bias.get()), CUBLAS_STATUS_SUCCESS);
    const auto la = layout(p.ta ? p.k : p.m, p.ta ? p.m : p.k, p.lda());
    const auto lb = layout(p.tb ? p.n : p.k, p.tb ? p.k : p.n, p.ldb());
    const auto ld = layout(p.m, p.n, p.ldd());
    EXPECT_EQ(heuristic(la, lb, ld), CUBLAS_STATUS_SUCCESS);
    EXPECT_EQ(cublasLtMatmul(handle_, desc_, &p.alpha, a.get(), la, b.get(), lb, &p.beta, c.get(),
                             ld, d.get(), ld, nullptr, nullptr, 0, nullptr),
              CUBLAS_STATUS_SUCCESS);
    EXPECT_EQ(cudaStreamSynchronize(nullptr), cudaSuccess);
    return d.values();
  }

  cublasLtHandle_t handle_ = nullptr;
  cublasLtMatmulDesc_t desc_ = nullptr;
  std::vector<cublasLtMatrixLayout_t> layouts_;
};

TEST_F(CublasLt, AgreesWithPlainLoops) {
  for (int mode = 0; mode < 64; ++mode) {
    Product p;
    p.ta = (mode & 1) != 0;
    p.tb = (mode & 2) != 0;
    p.alpha = (mode & 4) != 0 ? 0.5F : 1.0F;
    p.beta = (mode & 8) != 0 ? -2.0F : 0.0F;
    p.biased = (mode & 16) != 0;
    p.gap = (mode & 32) != 0 ? 3 : 0;
    for (const bool in_place : {true, false}) {
      EXPECT_THAT(multiply(p, in_place),
                  ::testing::Pointwise(::testing::FloatNear(1e-5F), by_loops(p, Operands(p))))
          << mode << (in_place ? " in place" : "");
    }
  }
}

TEST_F(CublasLt, WaitsInTheStream) {
  const Array<float> one{1.0F};
  const Array<float> d{0.0F};
  const auto cell = layout(1, 1, 1);
  const float alpha = 1;
  const float beta = 0;
  EXPECT_EQ(cudaMemsetAsync(one.get(), 0, 4), cudaSuccess);
  EXPECT_EQ(cublasLtMatmul(handle_, desc_, &alpha, one.get(), cell, one.get(), cell, &beta, d.get(),
                           cell, d.get(), cell, nullptr, nullptr, 0, nullptr),
            CUBLAS_STATUS_SUCCESS);
  EXPECT_EQ(cudaMemsetAsync(one.get(), 0xff, 4), cudaSuccess);
  EXPECT_EQ(d.values()[0], 0.0F);
}

TEST_F(CublasLt, RefusesShapesThatDoNotFit) {
  EXPECT_EQ(heuristic(layout(2, 3, 2), layout(3, 4, 3), layout(2, 4, 2)), CUBLAS_STATUS_SUCCESS);
  EXPECT_EQ(heuristic(layout(2, 3, 1), layout(3, 4, 3), layout(2, 4, 2)),
            CUBLAS_STATUS_INVALID_VALUE);
  EXPECT_EQ(heuristic(layout(2, 3, 2), layout(2, 4, 2), layout(2, 4, 2)),
            CUBLAS_STATUS_INVALID_VALUE);
  EXPECT_EQ(heuristic(layout(2, 3, 2), layout(3, 4, 3), layout(4, 2, 4)),
            CUBLAS_STATUS_INVALID_VALUE);
  EXPECT_EQ(heuristic(layout(0, 3, 2), layout(3, 4, 3), layout(0, 4, 2)),
            CUBLAS_STATUS_INVALID_VALUE);
}

TEST_F(CublasLt, RefusesWhatItDoesNotKnow) {
  const auto cell = layout(1, 1, 1);
  const auto wide = layout(1, 1, 1, CUDA_R_64F);
  EXPECT_EQ(heuristic(wide, cell, cell), CUBLAS_STATUS_NOT_SUPPORTED);
  EXPECT_EQ(heuristic(nullptr, cell, cell), CUBLAS_STATUS_INVALID_VALUE);
  EXPECT_EQ(set(static_cast<cublasLtMatmulDescAttributes_t>(9), 1), CUBLAS_STATUS_INVALID_VALUE);
  EXPECT_EQ(set(CUBLASLT_MATMUL_DESC_TRANSA, 1LL), CUBLAS_STATUS_INVALID_VALUE) << "of 8 bytes";
  cublasLtMatmulDesc_t tf32 = nullptr;
  EXPECT_EQ(cublasLtMatmulDescCreate(&tf32, CUBLAS_COMPUTE_32F_FAST_TF32, CUDA_R_32F),
            CUBLAS_STATUS_SUCCESS);
  std::swap(tf32, desc_);
  EXPECT_EQ(heuristic(cell, cell, cell), CUBLAS_STATUS_NOT_SUPPORTED);
  std::swap(tf32, desc_);
  EXPECT_EQ(cublasLtMatmulDescDestroy(tf32), CUBLAS_STATUS_SUCCESS);
}

TEST_F(CublasLt, RefusesHostMemory) {
  const auto cell = layout(1, 1, 1);
  const Array<float> device{1.0F};
  float host = 1;
  const float beta = 0;
  EXPECT_EQ(cublasLtMatmul(handle_, desc_, &host, &host, cell, device.get(), cell, &beta,
                           device.get(), cell, device.get(), cell, nullptr, nullptr, 0, nullptr),
            CUBLAS_STATUS_INVALID_VALUE);
}

TEST_F(CublasLt, TakesPreferences) {
  cublasLtMatmulPreference_t preference = nullptr;
  EXPECT_EQ(cublasLtMatmulPreferenceCreate(&preference), CUBLAS_STATUS_SUCCESS);
  const std::uint64_t bytes = 1 << 20;
  const std::uint32_t alignment = 16;
  EXPECT_EQ(cublasLtMatmulPreferenceSetAttribute(
                preference, CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, &bytes, sizeof bytes),
            CUBLAS_STATUS_SUCCESS);
  EXPECT_EQ(
      cublasLtMatmulPreferenceSetAttribute(preference, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES,
                                           &alignment, sizeof alignment),
      CUBLAS_STATUS_SUCCESS);
  EXPECT_EQ(cublasLtMatmulPreferenceSetAttribute(
                preference, CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, &alignment, sizeof alignment),
            CUBLAS_STATUS_INVALID_VALUE);
  EXPECT_EQ(cublasLtMatmulPreferenceDestroy(preference), CUBLAS_STATUS_SUCCESS);
  EXPECT_GE(cublasLtGetVersion(), 120000u);
  EXPECT_STREQ(cublasLtGetStatusName(CUBLAS_STATUS_NOT_SUPPORTED), "CUBLAS_STATUS_NOT_SUPPORTED");
}

}  // namespace
}  // namespace lacuna::emulation
