#pragma once

#include <limits>

#include "kernels/core/elementary.hpp"
#include "kernels/core/warp_rows.cuh"

/// One row of a softmax by one warp: three visits of the row, of which the first reads memory and
/// the others find it in L1 (a row of 1,000 classes is 4 KB).
namespace lacuna {
inline namespace LACUNA_NS {

struct SoftmaxRow {
  float largest = 0;  ///< passes over NaN, which `sum` then is
  float sum = 0;      ///< of exp(x - largest)

  template <int Width>
  __device__ static SoftmaxRow of(const float* x, std::int64_t cols) {
    SoftmaxRow row;
    float largest = -std::numeric_limits<float>::infinity();
    for_packs<Width>(cols, [&](std::int64_t j) {
      const Pack<Width> pack = load<Width>(x + j);
      for (const float value : pack.x) largest = value > largest ? value : largest;
    });
    row.largest = warp_reduce(largest, [](float a, float b) { return b > a ? b : a; });
    float sum = 0;
    for_packs<Width>(cols, [&](std::int64_t j) {
      const Pack<Width> pack = load<Width>(x + j);
      for (const float value : pack.x) sum += elementary::exp(value - row.largest);
    });
    row.sum = warp_sum(sum);
    return row;
  }
};

}  // namespace LACUNA_NS
}  // namespace lacuna
