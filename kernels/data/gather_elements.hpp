#pragma once

#include <cstdint>

#include "kernels/core/op.hpp"
#include "kernels/data/batch_order.hpp"

namespace lacuna {

/// The labels and the weights of a batch's rows, copied out of a data set's:
/// batch_labels[r] = labels[batch.source(r)], and weights likewise.
template <class T>
struct GatherElements {
  static constexpr std::string_view name = "gather_elements";

  const std::int32_t* labels = nullptr;  ///< [n]; nullptr: there are none
  const T* weights = nullptr;            ///< [n]; nullptr: there are none
  BatchOrder batch;
  std::int64_t rows = 0;
  std::int32_t* batch_labels = nullptr;  ///< [rows], where there are labels
  T* batch_weights = nullptr;            ///< [rows], where there are weights
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void gather_elements(const ExecContext& ctx, const GatherElements<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
