#pragma once

#include <cstdint>

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"
#include "kernels/data/batch_order.hpp"

namespace lacuna {

/// The rows of a batch, copied out of a data set of dense rows:
///   y[r, c] = values[s, c], or scale * bytes[s, c], with s = batch.source(r);
/// 0 where cell (s, c) is not observed, whatever stands there.
template <class T>
struct GatherDense {
  static constexpr std::string_view name = "gather_dense";

  MatrixView<const T> values = {};            ///< [n, d]; no data: `bytes` are given
  MatrixView<const std::uint8_t> bytes = {};  ///< [n, d]; no data: `values` are given
  T scale = 1;                                ///< what 1 of `bytes` is worth
  /// [n, ceil(d / 8)], 1 where observed: cell c is bit c % 8, from the lowest, of byte c / 8.
  /// nullptr: all cells are.
  const std::uint8_t* observed_bits = nullptr;
  BatchOrder batch;
  MatrixView<T> y;              ///< [rows, d]
  MatrixView<T> observed = {};  ///< [rows, d]: 1 where observed, else 0; no data: not wanted
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void gather_dense(const ExecContext& ctx, const GatherDense<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
