#pragma once

#include "kernels/sparse/list_chunks.cuh"

/// What kernels over observed cells share: the inner product of a hidden row and a weight row per
/// entry, and what becomes of it.
namespace lacuna {
inline namespace LACUNA_NS {

/// The error against the target is the product plus `offset`.
struct Residual {
  const float* bias;
  CsrView<float> target;
  float* prediction_gradient;

  __device__ float offset(std::int64_t entry, std::int32_t col) const {
    return bias[col] - target.value[entry];
  }
  __device__ float finish(std::int64_t entry, float error) const {
    if (lane_of_warp() == 0) prediction_gradient[entry - target.first] = 2 * error;
    return error;
  }
};

/// The prediction is the product plus `offset`; there is no error.
struct Predict {
  const float* bias;
  CsrView<float> target;
  float* prediction;

  __device__ float offset(std::int64_t, std::int32_t col) const { return bias[col]; }
  __device__ float finish(std::int64_t entry, float p) const {
    if (lane_of_warp() == 0) prediction[entry - target.first] = p;
    return 0;
  }
};

/// What every entry's product needs, and what becomes of it.
template <class Each>
struct Products {
  EntryLists rows;
  MatrixView<const float> hidden;
  MatrixView<const float> weight;
  Each each;
  double* chunk_loss;  ///< [chunks]; nullptr: not wanted

  __device__ void store_loss(const Chunk& chunk, double loss) const {
    if (chunk_loss == nullptr || lane_of_warp() > 0 || chunk.number >= rows.chunks()) return;
    chunk_loss[chunk.number] = loss;
  }
};

/// A few entries of a row, whose weight rows are loaded together.
template <int Count>
struct Entries {
  std::int32_t col[Count];
  float offset[Count];

  /// Those from `entry` on; from `end` on the last one again.
  template <class Each>
  __device__ static Entries load(const Each& each, std::int64_t entry, std::int64_t end) {
    Entries entries;
    for (int i = 0; i < Count; ++i) {
      const std::int64_t e = entry + i < end ? entry + i : end - 1;
      entries.col[i] = each.target.col[e];
      entries.offset[i] = each.offset(e, entries.col[i]);
    }
    return entries;
  }
};

}  // namespace LACUNA_NS
}  // namespace lacuna
