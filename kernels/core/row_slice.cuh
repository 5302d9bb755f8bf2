#pragma once

#include <cmath>
#include <cstdint>

#include "kernels/core/block_sum.cuh"
#include "kernels/core/pack.cuh"

namespace lacuna {
inline namespace LACUNA_NS {

__device__ inline unsigned lane_of_warp() {
  return threadIdx.x % warp_lanes;
}

/// A dense row in a warp's registers: lane l holds packs l, l + 32, ... of it. Columns from the
/// row's width on are 0 and are never stored.
template <int Packs, int Width>
struct RowSlice {
  static constexpr int width = Width;  ///< of a pack
  static constexpr int floats = Packs * Width;
  static constexpr std::int64_t columns = std::int64_t{floats} * warp_lanes;

  Pack<Width> pack[Packs];

  __device__ static int column(int p) {
    return Width * (p * static_cast<int>(warp_lanes) + static_cast<int>(lane_of_warp()));
  }

  /// `count` columns from p on exist.
  __device__ static RowSlice load(const float* p, std::int64_t count) {
    RowSlice slice = {};
    for (int i = 0; i < Packs; ++i) {
      if (column(i) < count) slice.pack[i] = lacuna::load<Width>(p + column(i));
    }
    return slice;
  }

  __device__ void store(float* p, std::int64_t count) const {
    for (int i = 0; i < Packs; ++i) {
      if (column(i) < count) lacuna::store<Width>(p + column(i), pack[i]);
    }
  }

  /// this += factor * row
  __device__ void add(float factor, const RowSlice& row) {
    for (int i = 0; i < Packs; ++i) {
      for (int j = 0; j < Width; ++j) {
        pack[i].x[j] = std::fma(factor, row.pack[i].x[j], pack[i].x[j]);
      }
    }
  }

  /// This lane's share of the inner product.
  __device__ float dot(const RowSlice& row) const {
    float sum = 0;
    for (int i = 0; i < Packs; ++i) {
      for (int j = 0; j < Width; ++j) sum = std::fma(pack[i].x[j], row.pack[i].x[j], sum);
    }
    return sum;
  }
};

/// Columns of the widest slice: longer rows are cut into tiles of so many.
inline constexpr std::int64_t widest_slice = 8 * 4 * std::int64_t{warp_lanes};

/// Calls `f` with the narrowest slice that holds `columns`, or else with the widest one. `packs`:
/// rows are made of Pack<4>s.
template <class F>
void with_row_slice(std::int64_t columns, bool packs, F&& f) {
  const auto with_floats = [&]<int Vectors>(std::integral_constant<int, Vectors>) {
    if (packs) return f(RowSlice<Vectors, 4>{});
    f(RowSlice<4 * Vectors, 1>{});
  };
  const std::int64_t vectors = (columns + 4 * warp_lanes - 1) / (4 * warp_lanes);
  if (vectors <= 1) return with_floats(std::integral_constant<int, 1>{});
  if (vectors <= 2) return with_floats(std::integral_constant<int, 2>{});
  if (vectors <= 4) return with_floats(std::integral_constant<int, 4>{});
  with_floats(std::integral_constant<int, 8>{});
}

}  // namespace LACUNA_NS
}  // namespace lacuna
