#include "experiments/bench/product_ceiling.hpp"

#include <algorithm>

#include "kernels/dense/gemm.hpp"
#include "kernels/dense/random_fill.hpp"

namespace lacuna::experiments::bench {

ProductCeiling::ProductCeiling(DeviceContext& context, std::vector<ProductSize> sizes)
    : context_(context), sizes_(std::move(sizes)) {
  std::int64_t a = 0;
  std::int64_t b = 0;
  std::int64_t c = 0;
  for (const auto& [m, k, n] : sizes_) {
    a = std::max(a, m * k);
    b = std::max(b, k * n);
    c = std::max(c, m * n);
  }
  a_ = Array<float>::uninitialized(context.pool(), a);
  b_ = Array<float>::uninitialized(context.pool(), b);
  c_ = Array<float>::uninitialized(context.pool(), c);
  for (const Array<float>& factor : {a_, b_}) {
    fill_uniform<float>(context.exec(), {{}, -1.0f, 1.0f, factor.span()});
  }
}

void ProductCeiling::run() {
  for (const auto& [m, k, n] : sizes_) {
    gemm<float>(context_.exec(),
                {.a = {a_.data(), m, k}, .b = {b_.data(), k, n}, .c = {c_.data(), m, n}});
  }
}

double operations(const std::vector<ProductSize>& sizes) {
  double sum = 0;
  for (const auto& [m, k, n] : sizes) {
    sum += 2.0 * static_cast<double>(m) * static_cast<double>(k) * static_cast<double>(n);
  }
  return sum;
}

}  // namespace lacuna::experiments::bench
