#pragma once

#include "kernels/core/exec_context.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// What a network sees of rows with holes: y[r, c] = scale * (observed[r, c] ? x[r, c] : fill[c]).
/// With `indicators` columns d to 2 d of y tell what was observed: 1, else 0, not scaled. Forward
/// only: x is data.
template <class T>
struct Impute {
  MatrixView<const T> x;              ///< [rows, d]
  MatrixView<const T> observed = {};  ///< [rows, d], 0 where not observed; no data: all are
  const T* fill = nullptr;            ///< [d]; nullptr: zeros
  T scale = 1;
  bool indicators = false;
  MatrixView<T> y;  ///< [rows, d], or [rows, 2 d] with indicators; without, y may be x
};

/// Throws UnsupportedDevice where the device has no kernel, and std::invalid_argument where the
/// shapes do not fit.
template <class T>
void impute(const ExecContext& ctx, const Impute<T>& op);

namespace cpu {
template <class T>
void impute(const ExecContext& ctx, const Impute<T>& op);
}  // namespace cpu
namespace cuda {
template <class T>
void impute(const ExecContext& ctx, const Impute<T>& op);
}  // namespace cuda
namespace emulated {
template <class T>
void impute(const ExecContext& ctx, const Impute<T>& op);
}  // namespace emulated

}  // namespace lacuna
