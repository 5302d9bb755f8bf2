#pragma once

#include <cstdint>
#include <vector>

#include "runtime/device_context.hpp"
#include "runtime/memory/array.hpp"

namespace lacuna::experiments::bench {

/// C [m, n] = A [m, k] B [k, n].
struct ProductSize {
  std::int64_t m = 0;
  std::int64_t k = 0;
  std::int64_t n = 0;
};

/// What matrix products of some sizes can do at most: none transposed, one after the other with
/// nothing between them.
class ProductCeiling {
 public:
  ProductCeiling(DeviceContext& context, std::vector<ProductSize> sizes);

  void run();

 private:
  DeviceContext& context_;
  std::vector<ProductSize> sizes_;
  Array<float> a_;  // each as large as the largest of its kind
  Array<float> b_;
  Array<float> c_;
};

/// Floating-point operations of the products.
double operations(const std::vector<ProductSize>& sizes);

}  // namespace lacuna::experiments::bench
