// All use of oneDNN, whose interface changes in version 3.
#include <omp.h>

#include <dnnl.hpp>
#include <stdexcept>

#include "kernels/dense/product.hpp"

namespace lacuna {

std::string gemm_library() {
  const dnnl_version_t* version = dnnl_version();
  return "oneDNN " + std::to_string(version->major) + "." + std::to_string(version->minor) + "." +
         std::to_string(version->patch);
}

}  // namespace lacuna

namespace lacuna::cpu {

void multiply(const Gemm<float>& op) {
  omp_set_num_threads(1);  // for this thread: the rows are shared out by the caller
  const auto letter = [](Transpose t) { return t == Transpose::yes ? 'T' : 'N'; };
  const std::int64_t k = op.transpose_a == Transpose::yes ? op.a.rows : op.a.cols;
  const dnnl::status status =
      dnnl::sgemm(letter(op.transpose_a), letter(op.transpose_b), op.c.rows, op.c.cols, k, op.alpha,
                  op.a.data, op.a.stride, op.b.data, op.b.stride, op.beta, op.c.data, op.c.stride);
  if (status != dnnl::status::success) throw std::runtime_error("gemm: oneDNN refused the product");
}

}  // namespace lacuna::cpu
