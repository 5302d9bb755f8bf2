#pragma once

#include <cstdint>
#include <stdexcept>

#include "kernels/core/op.hpp"
#include "kernels/core/philox.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// The pseudo-likelihood (Besag, 1975) of binary visible vectors under a restricted Boltzmann
/// machine, in nats, estimated from one unit i of each row (Tieleman, 2008; Marlin et al., 2010):
///   value = d log p(v_i | the other units) = d log sigmoid(F(v with v_i flipped) - F(v))
/// which averages over i to the sum of all units' terms. With delta = 1 - 2 v_i and a = v W + c the
/// difference needs no other free energy:
///   F(flipped) - F(v) = -delta b_i - sum_j (softplus(a_j + delta W_ij) - softplus(a_j))
/// i is a function of (seed, purpose, step, first_row + r) alone: the same on every device and
/// however rows are dealt to processes; each unit has its 1 / d to the nearest 2^-32. The step is
/// read on the device. Same bits at any number of threads.
template <class T>
struct PseudoLikelihood {
  static constexpr std::string_view name = "pseudo_likelihood";

  MatrixView<const T> v;               ///< [n, d], 0 or 1; d at least 1 where n is
  const T* visible_bias = nullptr;     ///< [d], b
  MatrixView<const T> weight;          ///< [d, m], W
  MatrixView<const T> pre_activation;  ///< [n, m], a
  RandomStream stream;                 ///< its step is not used
  const std::int64_t* step = nullptr;  ///< [1]: of training, or the draw of an evaluation
  std::int64_t first_row = 0;          ///< the first row's number among all that are drawn
  T* value = nullptr;                  ///< [n]
};

/// Throws UnsupportedDevice where the device has no kernel, and std::invalid_argument where shapes
/// do not fit or rows have no units.
template <class T>
void pseudo_likelihood(const ExecContext& ctx, const PseudoLikelihood<T>& op) {
  const bool fit = op.v.rows == op.pre_activation.rows && op.v.cols == op.weight.rows &&
                   op.weight.cols == op.pre_activation.cols;
  if (!fit || (op.v.rows > 0 && op.v.cols == 0)) {
    throw std::invalid_argument("pseudo_likelihood: the shapes of its matrices do not fit");
  }
  dispatch(ctx, op);
}

}  // namespace lacuna
