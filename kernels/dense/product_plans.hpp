#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <type_traits>

#include "kernels/dense/cublaslt.hpp"
#include "kernels/dense/gemm.hpp"

/// What cuBLASLt is told of a product and what it chose, kept by shape: a product that returns asks
/// nothing anew, which is also what lets it be captured in a graph.
namespace lacuna::LACUNA_DEVICE {

/// Throws DeviceError unless `status` is success.
void check_blas(cublasStatus_t status, const std::string& what);

/// Something of cuBLASLt's with the function that destroys it.
template <class T>
using Owned = std::unique_ptr<std::remove_pointer_t<T>, cublasStatus_t (*)(T)>;

struct ProductPlan {
  Owned<cublasLtMatmulDesc_t> desc;
  Owned<cublasLtMatrixLayout_t> a, b, c;
  cublasLtMatmulHeuristicResult_t chosen;
};

/// The library's handle and the plans of one device, kept in DeviceRuntime::blas. Not for two
/// threads at a time.
class ProductPlans {
 public:
  ProductPlans();

  cublasLtHandle_t handle() const { return handle_.get(); }
  /// cuBLASLt is column-major, where our C is C^T = op(B)^T op(A)^T: the plan's a is our B.
  ProductPlan& plan(const Gemm<float>& op);

 private:
  /// Shapes, strides, transposes, whether there is a bias, and what the addresses are multiples of.
  using Key = std::array<std::int64_t, 13>;
  static Key key_of(const Gemm<float>& op);
  ProductPlan make(const Gemm<float>& op) const;
  cublasLtMatmulHeuristicResult_t choose(const Gemm<float>& op, const ProductPlan& plan) const;

  Owned<cublasLtHandle_t> handle_;
  std::map<Key, ProductPlan> plans_;
};

}  // namespace lacuna::LACUNA_DEVICE
