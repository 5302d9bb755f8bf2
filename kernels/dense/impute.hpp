#pragma once

#include <stdexcept>

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// What columns beside the values say: nothing, for there are none; 1 where a cell is observed, or
/// 1 where it is missing, else 0.
enum class Indicate { nothing, observed, missing };

/// What a network sees of rows with holes: y[r, c] = scale * (observed[r, c] ? x[r, c] : fill[c]).
/// With indicators, which are not scaled, they are columns d to 2 d of y. Forward only: x is data.
template <class T>
struct Impute {
  static constexpr std::string_view name = "impute";

  MatrixView<const T> x;              ///< [rows, d]
  MatrixView<const T> observed = {};  ///< [rows, d], 0 where not observed; no data: all are
  const T* fill = nullptr;            ///< [d]; nullptr: zeros
  T scale = 1;
  Indicate indicators = Indicate::nothing;
  MatrixView<T> y;  ///< [rows, d], or [rows, 2 d] with indicators; without, y may be x
};

/// Throws UnsupportedDevice where the device has no kernel, and std::invalid_argument where the
/// shapes do not fit.
template <class T>
void impute(const ExecContext& ctx, const Impute<T>& op) {
  const int halves = op.indicators == Indicate::nothing ? 1 : 2;
  if (op.y.rows != op.x.rows || op.y.cols != halves * op.x.cols) {
    throw std::invalid_argument("impute: the shapes of x and y do not fit");
  }
  dispatch(ctx, op);
}

}  // namespace lacuna
