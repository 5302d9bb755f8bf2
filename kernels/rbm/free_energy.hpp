#pragma once

#include <stdexcept>

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"
#include "kernels/optim/loss_sum.hpp"

namespace lacuna {

/// What a restricted Boltzmann machine's visible units are: Bernoulli, or normal of unit variance.
enum class VisibleUnits { binary, gaussian };

/// The free energy of visible vectors v under an RBM with binary hidden units, weights W and biases
/// b and c: with a = v W + c,
///   binary:   F = -v . b - sum_j softplus(a_j)
///   gaussian: F = |v - b|^2 / 2 - sum_j softplus(a_j)
/// so that p(v) is in proportion to exp(-F). Same bits at any number of threads.
template <class T>
struct FreeEnergy {
  static constexpr std::string_view name = "free_energy";

  MatrixView<const T> v;               ///< [n, d]
  const T* visible_bias = nullptr;     ///< [d], b
  MatrixView<const T> pre_activation;  ///< [n, m], a
  VisibleUnits units = VisibleUnits::binary;
  T* energy = nullptr;  ///< [n]
};

/// The free energy of data v0 beside that of vk, what the model's chain made of it, with gradients
/// for both held fixed:
///   loss = {n (mean F(v0) - mean F(vk)), n}
///   da0 = -scale sigmoid(a0) / n;  dak = scale sigmoid(ak) / k
///   bias_gradient = scale (mean vk - mean v0), for either kind of visible units
/// that is, the gradient of scale loss.sum / loss.count. Through a = v W + c it is the update of
/// contrastive divergence (Hinton, 2002): the gradient of the difference of free energies with the
/// chain held fixed. The loss is no likelihood and need not fall. n and k may differ, and both are
/// 0 or neither; of no rows all is 0. Same bits at any number of threads.
template <class T>
struct FreeEnergyGap {
  static constexpr std::string_view name = "free_energy_gap";

  MatrixView<const T> v0;           ///< [n, d]
  MatrixView<const T> a0;           ///< [n, m], pre-activations
  MatrixView<const T> vk;           ///< [k, d]
  MatrixView<const T> ak;           ///< [k, m]
  const T* visible_bias = nullptr;  ///< [d]
  VisibleUnits units = VisibleUnits::binary;
  double scale = 1;
  LossSum* loss = nullptr;     ///< [1]
  MatrixView<T> da0 = {};      ///< [n, m]; no data: not wanted. May be a0
  MatrixView<T> dak = {};      ///< [k, m]; no data: not wanted. May be ak
  T* bias_gradient = nullptr;  ///< [d]; nullptr: not wanted
};

template <class T>
void check_free_energy_gap(const FreeEnergyGap<T>& op) {
  const auto fits = [](const MatrixView<T>& gradient, const MatrixView<const T>& a) {
    return gradient.data == nullptr || (gradient.rows == a.rows && gradient.cols == a.cols);
  };
  const bool fit = op.v0.rows == op.a0.rows && op.vk.rows == op.ak.rows &&
                   op.v0.cols == op.vk.cols && op.a0.cols == op.ak.cols &&
                   (op.v0.rows == 0) == (op.vk.rows == 0) && fits(op.da0, op.a0) &&
                   fits(op.dak, op.ak);
  if (!fit) throw std::invalid_argument("free_energy_gap: the shapes of its matrices do not fit");
}

/// Throw UnsupportedDevice where the device has no kernel, and std::invalid_argument where shapes
/// do not fit.
template <class T>
void free_energy(const ExecContext& ctx, const FreeEnergy<T>& op) {
  if (op.v.rows != op.pre_activation.rows) {
    throw std::invalid_argument("free_energy: not as many rows of v as of pre-activations");
  }
  dispatch(ctx, op);
}
template <class T>
void free_energy_gap(const ExecContext& ctx, const FreeEnergyGap<T>& op) {
  check_free_energy_gap(op);
  dispatch(ctx, op);
}

}  // namespace lacuna
